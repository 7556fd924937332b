/** The door to qr: a QR code, drawn by this browser. What it says is told to nobody else. */
import encodeQR from 'qr';
import css from './parts.module.css';

/** In modules: dark and light enough for a camera in any theme (ISO/IEC 18004, quiet zone). */
const quiet = 4;

export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: quiet });
  const dark = rows.flatMap((row, y) => row.flatMap((one, x) => (one ? [`M${x} ${y}h1v1h-1z`] : [])));
  return (
    <svg
      className={css['qr']}
      viewBox={`0 0 ${rows.length} ${rows.length}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label={label}
      data-testid="qr"
    >
      <rect width="100%" height="100%" fill="#fff" />
      <path d={dark.join('')} fill="#000" />
    </svg>
  );
}
