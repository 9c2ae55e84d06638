import { enableCopying, snippet } from './snippet.js';

const chat = document.querySelector('quotewell-chat');
const form = document.getElementById('controls');
const at = (id) => document.getElementById(id);

form.addEventListener('input', apply);
form.addEventListener('reset', () => setTimeout(apply));
enableCopying();
apply();

function apply() {
  const fields = [...form.elements].filter(({ name }) => name);
  const attributes = {};
  const properties = {};
  for (const field of fields) {
    if (field.name.startsWith('--')) {
      const value = changedValue(field);
      if (value) properties[field.name] = value;
      chat.style.setProperty(field.name, value);
    } else if (field.value.trim() === '') chat.removeAttribute(field.name);
    else {
      attributes[field.name] = field.value.trim();
      if (chat.getAttribute(field.name) !== attributes[field.name])
        chat.setAttribute(field.name, attributes[field.name]);
    }
  }
  at('snippet').textContent = snippet({ attributes: shown(attributes) });
  at('style').textContent = styleOf(properties);
  at('contrast').textContent = contrastSays();
}

/** What is usual needs no mention. */
function shown({ position, ...attributes }) {
  return position === 'end' ? attributes : { ...attributes, position };
}

function changedValue(field) {
  const usual = field.tagName === 'SELECT' ? '' : field.defaultValue;
  if (field.value === usual) return '';
  return field.type === 'range' ? `${field.value}rem` : field.value;
}

function styleOf(properties) {
  const lines = Object.entries(properties).map(([name, value]) => `  ${name}: ${value};`);
  return lines.length === 0 ? '/* Nothing changed yet. */' : `quotewell-chat {\n${lines.join('\n')}\n}`;
}

/** Contrast by WCAG 2.2, 1.4.3. */
function contrastSays() {
  const color = (name) => form.elements[`--quotewell-${name}`].value;
  const pairs = [
    ['accent', 'on-accent'],
    ['accent-dark', 'on-accent-dark'],
  ].map(([ground, text]) => contrast(color(ground), color(text)));
  const worst = Math.min(...pairs);
  const ratio = `${worst.toFixed(1)} : 1`;
  return worst < 4.5
    ? `Text on the accent has a contrast of ${ratio}; it needs 4.5 : 1 to be read by all.`
    : `Text on the accent has a contrast of ${ratio}, which is enough.`;
}

function contrast(first, second) {
  const [light, dark] = [luminance(first), luminance(second)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** Relative luminance of a `#rrggbb` color, by the formula of WCAG. */
function luminance(hex) {
  const [red, green, blue] = [1, 3, 5].map((start) => {
    const share = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
