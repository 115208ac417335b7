// What a camera wrote beside the pixels, as far as the server compares it (decision 028): when and where. Everything else (owner,
// telephone, previews) stays behind, since the picture is drawn anew; these two are put back, in a block of our own.

const EXIF = 0x8769;
const GPS = 0x8825;
const TAKEN = new Set([0x9003, 0x9011]);
const PLACE = new Set([1, 2, 3, 4]);
const SIZES = { 2: 1, 5: 8 }; // text, fractions of two whole numbers
const LONGEST = 64;
const HEAD = [0x45, 0x78, 0x69, 0x66, 0, 0]; // "Exif"

const at = (view, place) => (place + 2 <= view.byteLength ? view.getUint16(place) : 0);

// Where the block of the first such segment of a JPEG lies; null where there is none.
function blockOf(view) {
  if (at(view, 0) !== 0xffd8) return null;
  for (let place = 2; place + 4 <= view.byteLength; ) {
    const marker = view.getUint16(place);
    if (marker < 0xffc0 || marker === 0xffda) return null;
    const length = view.getUint16(place + 2);
    if (marker === 0xffe1 && HEAD.every((byte, index) => view.getUint8(place + 4 + index) === byte)) {
      return new DataView(view.buffer, view.byteOffset + place + 10, Math.min(length - 8, view.byteLength - place - 10));
    }
    place += 2 + length;
  }
  return null;
}

function entries(block, start, little) {
  const found = [];
  const count = block.getUint16(start, little);
  for (let index = 0; index < Math.min(count, 200); index += 1) {
    const place = start + 2 + index * 12;
    found.push({ tag: block.getUint16(place, little), type: block.getUint16(place + 2, little), count: block.getUint32(place + 4, little), place: place + 8 });
  }
  return found;
}

function bytesOf(block, { type, count, place }, little) {
  const length = (SIZES[type] ?? 0) * count;
  if (!length || length > LONGEST) return null;
  const start = length > 4 ? block.getUint32(place, little) : place;
  const bytes = new Uint8Array(length);
  const out = new DataView(bytes.buffer);
  if (type === 5) for (let index = 0; index < length; index += 4) out.setUint32(index, block.getUint32(start + index, little), true);
  else for (let index = 0; index < length; index += 1) bytes[index] = block.getUint8(start + index);
  return bytes;
}

// { taken, place }: lists of { tag, type, count, bytes }, fractions in little-endian order; empty where nothing is told or to be read.
export function toldBy(buffer) {
  const told = { taken: [], place: [] };
  try {
    const block = blockOf(new DataView(buffer));
    if (!block) return told;
    const little = block.getUint16(0) === 0x4949;
    for (const each of entries(block, block.getUint32(4, little), little)) {
      const [list, wanted] = { [EXIF]: [told.taken, TAKEN], [GPS]: [told.place, PLACE] }[each.tag] ?? [];
      if (!list) continue;
      for (const entry of entries(block, block.getUint32(each.place, little), little)) {
        const bytes = wanted.has(entry.tag) ? bytesOf(block, entry, little) : null;
        if (bytes) list.push({ tag: entry.tag, type: entry.type, count: entry.count, bytes });
      }
    }
  } catch {
    return { taken: [], place: [] }; // a torn block tells nothing
  }
  return told;
}

function written(list, start) {
  const head = new Uint8Array(2 + 12 * list.length + 4);
  const view = new DataView(head.buffer);
  const tail = [];
  view.setUint16(0, list.length, true);
  list.forEach(({ tag, type, count, bytes }, index) => {
    const place = 2 + 12 * index;
    view.setUint16(place, tag, true);
    view.setUint16(place + 2, type, true);
    view.setUint32(place + 4, count, true);
    if (bytes.length <= 4) head.set(bytes, place + 8);
    else {
      view.setUint32(place + 8, start + head.length + tail.length, true);
      tail.push(...bytes, ...(bytes.length % 2 ? [0] : []));
    }
  });
  return [...head, ...tail];
}

const pointer = (tag, place) => ({ tag, type: 4, count: 1, bytes: new Uint8Array(new Uint32Array([place]).buffer) });

// The same JPEG with a block that tells just this, right behind its head.
export function retold(jpeg, { taken, place }) {
  if (!taken.length && !place.length) return jpeg;
  const lists = [[EXIF, taken], [GPS, place]].filter(([, list]) => list.length);
  const root = 8 + 2 + 12 * lists.length + 4;
  const parts = [];
  const pointers = [];
  for (const [tag, list] of lists) {
    const start = root + parts.length;
    pointers.push(pointer(tag, start));
    parts.push(...written(list, start));
  }
  const block = [...HEAD, 0x49, 0x49, 0x2a, 0, 8, 0, 0, 0, ...written(pointers, 8), ...parts];
  const length = block.length + 2;
  const segment = Uint8Array.from([0xff, 0xe1, length >> 8, length & 0xff, ...block]);
  const whole = new Uint8Array(jpeg.byteLength + segment.length);
  const bytes = new Uint8Array(jpeg);
  whole.set(bytes.subarray(0, 2));
  whole.set(segment, 2);
  whole.set(bytes.subarray(2), 2 + segment.length);
  return whole.buffer;
}
