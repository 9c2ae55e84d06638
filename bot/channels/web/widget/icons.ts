const PATHS = {
  quote:
    'M4.5 18v-5.6c0-3.6 1.7-6 5.1-7.3l1 2C8.8 8 8 9.1 7.9 10.7h2.6V18zM13.6 18v-5.6c0-3.6 1.7-6 5.1-7.3l1 2c-1.8.9-2.6 2-2.7 3.6h2.6V18z',
  close: 'M6.4 5 12 10.6 17.6 5 19 6.4 13.4 12l5.6 5.6-1.4 1.4-5.6-5.6L6.4 19 5 17.6l5.6-5.6L5 6.4z',
  menu: 'M5 10a2 2 0 1 1 0 4 2 2 0 0 1 0-4zm7 0a2 2 0 1 1 0 4 2 2 0 0 1 0-4zm7 0a2 2 0 1 1 0 4 2 2 0 0 1 0-4z',
  send: 'M11 20V7.8l-5.6 5.6L4 12l8-8 8 8-1.4 1.4L13 7.8V20z',
  up: 'M2 10.5h4V21H2zM8 21h9.2a2 2 0 0 0 1.9-1.4l2.7-8.2A1.9 1.9 0 0 0 20 9h-5.7l.9-4.3A2 2 0 0 0 13.3 2L8 9.6z',
  down: 'M22 13.5h-4V3h4zM16 3H6.8a2 2 0 0 0-1.9 1.4l-2.7 8.2A1.9 1.9 0 0 0 4 15h5.7l-.9 4.3a2 2 0 0 0 1.9 2.7l5.3-7.6z',
  phone:
    'M6.6 3h3l1.5 4.6-2.2 1.7a13 13 0 0 0 5.8 5.8l1.7-2.2L21 14.4v3A3.6 3.6 0 0 1 17.4 21C9.5 21 3 14.5 3 6.6A3.6 3.6 0 0 1 6.6 3z',
} as const;

/** Decoration beside text that says the same. */
export function icon(name: keyof typeof PATHS): SVGSVGElement {
  const svg = document.createElementNS(NAMESPACE, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', 'icon');
  const path = document.createElementNS(NAMESPACE, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}

const NAMESPACE = 'http://www.w3.org/2000/svg';
