import fc from 'fast-check';
import { expect, it } from 'vitest';
import { loggableError } from '../../bot/loggable-error.ts';

it('keeps name, code and place of an error', () => {
  const error = Object.assign(new RangeError('secret'), { code: 'E_RANGE' });
  const loggable = loggableError(error);
  expect(loggable).toMatchObject({ name: 'RangeError', code: 'E_RANGE' });
  expect(loggable.at[0]).toMatch(/^at .*loggable-error\.test\.ts:\d+:\d+/);
});

it('takes whatever was thrown', () => {
  for (const thrown of [undefined, null, 'secret', 7, { message: 'secret' }]) {
    expect(JSON.stringify(loggableError(thrown))).not.toContain('secret');
  }
});

it('leaves a message out also when it looks like a stack', () => {
  const frame = '\n    at secret (file:///secret.ts:1:1)\n    at secret (file:///secret.ts:2:2)';
  expect(JSON.stringify(loggableError(new Error(`a${frame}`)))).not.toContain('secret');
});

it('leaves the stack out when the message was changed after the throw', () => {
  const error = new Error('before secret\n    at secret (file:///secret.ts:1:1)');
  // Read once, for it is put together on first reading.
  expect(error.stack).toContain('secret');
  error.message = 'at';
  expect(loggableError(error).at).toEqual([]);
});

it('leaves out a name or a code that could be somebody’s words', () => {
  const error = Object.assign(new Error('a'), { name: 'my secret name', code: 'a secret code' });
  expect(JSON.stringify(loggableError(error))).not.toContain('secret');
});

it('never holds the message, whatever it is', () => {
  const message = fc.string({ unit: 'grapheme' }).map((text) => `mark≈${text}`);
  fc.assert(fc.property(message, (text) => !JSON.stringify(loggableError(new Error(text))).includes('mark≈')));
});
