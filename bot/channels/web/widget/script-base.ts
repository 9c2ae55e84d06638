/**
 * The folder that the bot answers in, by the address of the widget's own script: that of `widget.js`, or the one above
 * `widget/quotewell-….js`. Must be called while the script runs. A script that was put into another bundle has no
 * address of its own; then it is the page's folder.
 */
export function scriptBase(): URL {
  const script = document.currentScript;
  const address = script instanceof HTMLScriptElement && script.src !== '' ? script.src : document.baseURI;
  return new URL(/\/widget\/quotewell-[^/]*$/.test(new URL(address).pathname) ? '..' : '.', address);
}
