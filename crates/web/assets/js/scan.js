// Reads barcodes with the camera where the browser can; the field takes what a scanner types everywhere.
const FORMATS = ['ean_13', 'ean_8', 'code_128', 'upc_a', 'qr_code'];
const PAUSE = 200;

async function look(form, button, video) {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
  const stop = () => { for (const track of stream.getTracks()) track.stop(); video.hidden = true; button.hidden = false; };
  addEventListener('pagehide', stop, { once: true });
  video.srcObject = stream;
  video.hidden = false;
  button.hidden = true;
  await video.play();
  const reader = new globalThis.BarcodeDetector({ formats: FORMATS });
  while (!video.hidden && form.isConnected) {
    const [found] = await reader.detect(video).catch(() => []);
    if (found) {
      form.elements.scan.value = found.rawValue;
      stop();
      form.requestSubmit();
      return;
    }
    await new Promise(done => setTimeout(done, PAUSE));
  }
  stop();
}

export function scanning(root) {
  for (const form of root.querySelectorAll('[data-scan]')) {
    const button = form.querySelector('[data-camera]');
    if (!('BarcodeDetector' in globalThis) || !navigator.mediaDevices) continue;
    button.hidden = false;
    button.addEventListener('click', () => look(form, button, form.querySelector('[data-view]')).catch(() => { button.hidden = true; }));
  }
}
