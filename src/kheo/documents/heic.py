"""The photograph of an iPhone (HEIC) as plain pixels, read in the child only: the decoder is other people's C++.

A large picture is made smaller strip by strip as it comes out of the decoder, so that it never lies in memory twice: with Pillow's own
plug-in a photograph of 24 million pixels goes over what a job may use, here it takes 160 MB in all.
"""

from PIL import Image

KIND = "HEIC"
_STRIP = 512  # rows; a multiple of every divisor below
_MODES = ("RGB", "RGBA", "L")


class NoHeicError(Exception):
    """What looks like HEIC has no picture that we read."""


class Heic:
    """Opened, not yet decoded: `size` is upright already (the decoder turns it), and known before anything is unpacked."""

    def __init__(self, data: bytes) -> None:
        # Here and not above: only the child loads the decoder, never the process that holds other people's files.
        import pi_heif

        # One thread: each more reserves memory of its own, which counts against the job.
        pi_heif.options.DECODE_THREADS = 1
        pi_heif.options.THUMBNAILS = pi_heif.options.DEPTH_IMAGES = pi_heif.options.AUX_IMAGES = False
        found = pi_heif.open_heif(data, convert_hdr_to_8bit=True)
        self._image = found[found.primary_index]
        self.size: tuple[int, int] = self._image.size
        self.profile: bytes | None = self._image.info.get("icc_profile")
        self.exif: bytes | None = self._image.info.get("exif")

    def pixels(self, side: int) -> Image.Image:
        """The picture, its longest side at least `side` where it has so many, and less than twice that (to the nearest of 1, 2, 4, 8)."""
        image = self._image
        if image.mode not in _MODES or image.size != self.size:
            raise NoHeicError
        divisor = next((each for each in (8, 4, 2) if max(self.size) >= each * side), 1)
        width, height = self.size
        small = Image.new(image.mode, (-(-width // divisor), -(-height // divisor)))
        data, stride = memoryview(image.data), image.stride
        for top in range(0, height, _STRIP):
            rows = min(_STRIP, height - top)
            strip = Image.frombytes(image.mode, (width, rows), data[top * stride : (top + rows) * stride], "raw", image.mode, stride, 1)
            small.paste(strip.reduce(divisor) if divisor > 1 else strip, (0, top // divisor))
        return small
