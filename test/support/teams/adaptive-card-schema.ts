/*
 * Adaptive Cards 1.5 as their published specification describes them (https://adaptivecards.io/explorer), for the
 * elements that this bot may use, and strict: an element, a field or a value that the specification doesn't have is an
 * error.
 */

const string = { type: 'string' };
const text = { type: 'string', minLength: 1 };
const ref = (name: string) => ({ $ref: `#/definitions/${name}` });
const list = (items: object) => ({ type: 'array', items });
const oneOf = (...values: string[]) => ({ enum: values });
const thing = (type: string, required: string[], properties: Record<string, object>) => ({
  type: 'object',
  required: ['type', ...required],
  properties: { type: { const: type }, ...properties },
  additionalProperties: false,
});

const spacing = oneOf('Default', 'None', 'Small', 'Medium', 'Large', 'ExtraLarge', 'Padding');
const element = {
  id: text,
  isVisible: { type: 'boolean' },
  separator: { type: 'boolean' },
  spacing,
  height: oneOf('Auto', 'Stretch'),
};
const look = {
  color: oneOf('Default', 'Dark', 'Light', 'Accent', 'Good', 'Warning', 'Attention'),
  fontType: oneOf('Default', 'Monospace'),
  isSubtle: { type: 'boolean' },
  size: oneOf('Small', 'Default', 'Medium', 'Large', 'ExtraLarge'),
  weight: oneOf('Lighter', 'Default', 'Bolder'),
};
const action = {
  id: text,
  title: text,
  iconUrl: { type: 'string', format: 'uri' },
  style: oneOf('default', 'positive', 'destructive'),
  tooltip: string,
  isEnabled: { type: 'boolean' },
  mode: oneOf('primary', 'secondary'),
};

export const ADAPTIVE_CARD_1_5 = {
  $ref: '#/definitions/AdaptiveCard',
  definitions: {
    AdaptiveCard: thing('AdaptiveCard', ['version', 'body'], {
      $schema: { const: 'http://adaptivecards.io/schemas/adaptive-card.json' },
      version: { const: '1.5' },
      lang: { type: 'string', pattern: '^[a-z]{2}$' },
      fallbackText: text,
      speak: string,
      minHeight: string,
      rtl: { type: 'boolean' },
      body: { ...list(ref('Element')), minItems: 1 },
      actions: list(ref('Action')),
      selectAction: ref('SelectAction'),
      refresh: {
        type: 'object',
        required: ['action'],
        properties: { type: { const: 'Refresh' }, action: ref('Action.Execute'), userIds: list(text), expires: string },
        additionalProperties: false,
      },
    }),
    Element: {
      type: 'object',
      required: ['type'],
      oneOf: ['TextBlock', 'RichTextBlock', 'Container', 'ActionSet'].map(ref),
    },
    TextBlock: thing('TextBlock', ['text'], {
      ...element,
      ...look,
      text,
      wrap: { type: 'boolean' },
      maxLines: { type: 'number' },
      horizontalAlignment: oneOf('Left', 'Center', 'Right'),
      style: oneOf('default', 'heading'),
    }),
    RichTextBlock: thing('RichTextBlock', ['inlines'], {
      ...element,
      inlines: { ...list(ref('TextRun')), minItems: 1 },
      horizontalAlignment: oneOf('Left', 'Center', 'Right'),
    }),
    TextRun: thing('TextRun', ['text'], {
      ...look,
      text,
      highlight: { type: 'boolean' },
      italic: { type: 'boolean' },
      strikethrough: { type: 'boolean' },
      underline: { type: 'boolean' },
      selectAction: ref('SelectAction'),
    }),
    Container: thing('Container', ['items'], {
      ...element,
      items: { ...list(ref('Element')), minItems: 1 },
      selectAction: ref('SelectAction'),
      style: oneOf('default', 'emphasis', 'good', 'attention', 'warning', 'accent'),
      bleed: { type: 'boolean' },
      minHeight: string,
      rtl: { type: 'boolean' },
    }),
    ActionSet: thing('ActionSet', ['actions'], { ...element, actions: { ...list(ref('Action')), minItems: 1 } }),
    Action: {
      type: 'object',
      required: ['type', 'title'],
      oneOf: ['Action.OpenUrl', 'Action.Execute', 'Action.ToggleVisibility'].map(ref),
    },
    SelectAction: {
      type: 'object',
      required: ['type'],
      oneOf: ['Action.OpenUrl', 'Action.Execute', 'Action.ToggleVisibility'].map(ref),
    },
    'Action.OpenUrl': thing('Action.OpenUrl', ['url'], { ...action, url: { type: 'string', format: 'uri' } }),
    'Action.Execute': thing('Action.Execute', [], {
      ...action,
      verb: text,
      data: { anyOf: [string, { type: 'object' }] },
      associatedInputs: oneOf('auto', 'none'),
    }),
    'Action.ToggleVisibility': thing('Action.ToggleVisibility', ['targetElements'], {
      ...action,
      targetElements: {
        ...list({
          anyOf: [
            text,
            {
              type: 'object',
              required: ['elementId'],
              properties: { type: { const: 'TargetElement' }, elementId: text, isVisible: { type: 'boolean' } },
              additionalProperties: false,
            },
          ],
        }),
        minItems: 1,
      },
    }),
  },
};
