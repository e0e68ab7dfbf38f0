// A receipt slip on a table, as somebody would photograph it.
import { town, grouped } from "./town.js";
import { t } from "./i18n.js";

/** A JPEG with the number and, in the demo, its QR code. */
export async function slip(number) {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: 640, height: 480 });
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#8a6f4d";
  pen.fillRect(0, 0, 640, 480);
  pen.translate(320, 240);
  pen.rotate(-0.06);
  pen.fillStyle = "#fdfbf4";
  pen.fillRect(-260, -180, 520, 360);
  pen.fillStyle = "#222";
  pen.font = "bold 26px sans-serif";
  pen.fillText(t("slip_title"), -230, -130);
  pen.font = "bold 34px monospace";
  pen.fillText(grouped(number), -230, -70);
  if (town.demo) pen.drawImage(await picture(`/demo/slip/${number}`), -230, -40, 200, 200);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.8));
}

async function picture(url) {
  const image = new Image();
  image.src = url;
  await image.decode();
  return image;
}

export async function base64(blob) {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = "";
  // In pieces, because a call takes only so many arguments.
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(text);
}
