// SPDX-License-Identifier: AGPL-3.0-or-later
// A text as a QR code, drawn as one path: no style attribute and no markup in strings. Knows no vote.
import { encodeQR } from 'qr';

const k_svg = 'http://www.w3.org/2000/svg';
const k_quiet_zone = 4; // modules, as the standard wants

/** An <svg> that says `label` to those who do not see it. */
export function make_code_picture(text, label) {
  const rows = encodeQR(text, 'raw', { ecc: 'low', border: k_quiet_zone });
  const svg = document.createElementNS(k_svg, 'svg');
  svg.setAttribute('viewBox', `0 0 ${rows.length} ${rows.length}`);
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', label);
  svg.setAttribute('shape-rendering', 'crispEdges');
  const path = document.createElementNS(k_svg, 'path');
  path.setAttribute('d', rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join(''));
  svg.append(path);
  return svg;
}
