// Scans the page with a third-party scanner.
import jsqr from 'jsqr';

const SIZE = 240;

/** Waits for the QR code on the page, and returns its content. */
export async function scan(page) {
  await page.waitForSelector('catseye-qr-code svg');
  const pixels = await page.evaluate(async (size) => {
    const svg = document.querySelector('catseye-qr-code svg').cloneNode(true);
    svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
    svg.setAttribute('width', size);
    svg.setAttribute('height', size);
    const image = new Image();
    image.src = `data:image/svg+xml,${encodeURIComponent(svg.outerHTML)}`;
    await image.decode();
    const context = Object.assign(document.createElement('canvas'), { width: size, height: size }).getContext('2d');
    context.fillStyle = '#fff';
    context.fillRect(0, 0, size, size);
    context.drawImage(image, 0, 0, size, size);
    // One character for each pixel: drivers need minutes for so many numbers.
    return String.fromCharCode(...context.getImageData(0, 0, size, size).data.filter((_, index) => index % 4 === 1));
  }, SIZE);
  return (jsqr.default ?? jsqr)(Uint8ClampedArray.from([...pixels].flatMap((pixel) => Array(4).fill(pixel.charCodeAt(0)))), SIZE, SIZE)?.data;
}
