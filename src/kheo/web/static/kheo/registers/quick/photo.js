// A photograph as it is kept until it is sent: drawn anew and smaller, with the time and place that the server will compare.

import { retold, toldBy } from "./camera.js";

const WIDEST = 1600; // pixels
const SMALL = 160;
const GOOD = 0.82;
const LARGEST_AS_IT_IS = 10 * 1024 * 1024; // what the server takes

function read(file, how) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(reader.result));
    reader.addEventListener("error", () => reject(reader.error));
    reader[how](file);
  });
}

// An <img> and no bitmap: it stands upright in every browser, and the page's policy allows its address.
async function pictureOf(file) {
  const picture = new Image();
  picture.src = await read(file, "readAsDataURL");
  await picture.decode();
  return picture;
}

function drawn(picture, widest) {
  const scale = Math.min(1, widest / Math.max(picture.naturalWidth, picture.naturalHeight));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.naturalWidth * scale));
  canvas.height = Math.max(1, Math.round(picture.naturalHeight * scale));
  const pen = canvas.getContext("2d");
  pen.fillStyle = "white"; // behind a picture that is see-through
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

const jpegOf = (canvas) => new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/jpeg", GOOD));

// { bytes, type, name, thumb }; a kind that this browser cannot draw (HEIC) is kept as it is. Throws the words for what cannot be kept.
export async function reduced(file) {
  let picture;
  try {
    picture = await pictureOf(file);
  } catch {
    if (!file.size || file.size > LARGEST_AS_IT_IS) throw new Error("Không đọc được ảnh này. Hãy chụp lại.");
    return { bytes: await read(file, "readAsArrayBuffer"), type: file.type, name: file.name, thumb: "" };
  }
  const jpeg = await read(await jpegOf(drawn(picture, WIDEST)), "readAsArrayBuffer");
  const told = toldBy(await read(file, "readAsArrayBuffer"));
  const thumb = drawn(picture, SMALL).toDataURL("image/jpeg", GOOD);
  return { bytes: retold(jpeg, told), type: "image/jpeg", name: file.name.replace(/\.\w+$/, "") + ".jpg", thumb };
}
