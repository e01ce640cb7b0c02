import { decodeQR } from 'qr/decode.js';
import { expect, it } from 'vitest';
import { qrPath } from './qr.js';

const SCALE = 4;

it('draws what a scanner reads back', () => {
  const uri =
    'otpauth://totp/Reeve:someone%40a-rather-long-name.example?issuer=Reeve&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&algorithm=SHA1&digits=6&period=30';
  const { size, d } = qrPath(uri);
  const width = size * SCALE;
  const data = new Uint8Array(width * width * 4).fill(255);
  for (const [, x, y] of d.matchAll(/M(\d+) (\d+)h1v1h-1z/g))
    for (let i = 0; i < SCALE * SCALE; i += 1) {
      const column = Number(x) * SCALE + (i % SCALE);
      const row = Number(y) * SCALE + Math.floor(i / SCALE);
      data.fill(0, (row * width + column) * 4, (row * width + column) * 4 + 3);
    }
  expect(decodeQR({ width, height: width, data })).toBe(uri);
});
