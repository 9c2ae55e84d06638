import { readdirSync } from 'node:fs';
import path from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { createAppPackage } from '../../../../../bot/channels/teams/app-package/app-package.ts';
import {
  MANIFEST_VERSION,
  type Manifest,
  type ManifestParts,
} from '../../../../../bot/channels/teams/app-package/manifest.ts';
import { SEARCH_COMMAND } from '../../../../../bot/channels/teams/search.ts';
import { projectRoot } from '../../../../../knowledge/project-root.ts';

const PARTS: ManifestParts = {
  appId: '11111111-2222-4333-8444-555555555555',
  domain: 'bot.clinic.example',
  name: 'Quotewell',
  developer: 'Clinic',
  version: '1.0.0',
  subject: 'isotretinoin',
  starters: ['Does acne come back?', 'What helps with dry lips?'],
};

async function unpacked(parts: Partial<ManifestParts> = {}) {
  const files = unzipSync(await createAppPackage({ ...PARTS, ...parts }));
  const manifest = JSON.parse(strFromU8(files['manifest.json'] ?? new Uint8Array())) as Manifest;
  return { files, manifest };
}

describe('the app package', () => {
  it('is made to the newest schema that Microsoft’s package carries', () => {
    const folder = path.join(projectRoot(), 'node_modules/@microsoft/app-manifest/build/json-schemas/teams');
    const minors = readdirSync(folder).flatMap((name) => /^v1\.(\d+)$/.exec(name)?.[1] ?? []);
    expect(MANIFEST_VERSION).toBe(`1.${Math.max(...minors.map(Number))}`);
  });

  it('holds the manifest and both icons, and nothing else', async () => {
    const { files } = await unpacked();
    expect(Object.keys(files).sort()).toEqual(['color.png', 'manifest.json', 'outline.png']);
  });

  it('has the bot in all three scopes, its commands, and prompt starters in the personal one', async () => {
    const { manifest } = await unpacked();
    const [bot] = manifest.bots ?? [];
    expect(bot?.botId).toBe(PARTS.appId);
    expect(bot?.scopes).toEqual(['personal', 'team', 'groupChat']);
    const [personal, other] = bot?.commandLists ?? [];
    expect(personal?.scopes).toEqual(['personal']);
    expect(personal?.commands.map(({ type, title }) => [type, title])).toEqual([
      ['prompt', 'Does acne come back?'],
      ['prompt', 'What helps with dry lips?'],
      [undefined, 'help'],
      [undefined, 'forget'],
    ]);
    expect(other?.commands.map(({ title }) => title)).toEqual(['help', 'forget']);
  });

  it('has the search that the bot answers, and unfolds links of its own domain only', async () => {
    const { manifest } = await unpacked();
    const [extension] = manifest.composeExtensions ?? [];
    const [command] = extension?.commands ?? [];
    expect([command?.id, command?.parameters?.[0]?.name]).toEqual([SEARCH_COMMAND.id, SEARCH_COMMAND.parameter]);
    expect(extension?.messageHandlers?.[0]?.value).toEqual({ domains: ['bot.clinic.example'] });
    expect(manifest.validDomains).toEqual(['bot.clinic.example']);
  });

  it('says that words pass through Microsoft, and that this is no medical device', async () => {
    const { manifest } = await unpacked();
    expect(manifest.description.full).toMatch(/not a medical device[\s\S]*passes through Microsoft Teams/);
  });

  it('has a full-color icon of 192 pixels, and a white outline on nothing of 32', async () => {
    const { files } = await unpacked();
    const color = await sharp(files['color.png']).raw().toBuffer({ resolveWithObject: true });
    expect([color.info.width, color.info.height]).toEqual([192, 192]);
    expect([...color.data.subarray(0, 4)]).toEqual([0x0f, 0x5f, 0x63, 255]);
    const outline = await sharp(files['outline.png']).raw().toBuffer({ resolveWithObject: true });
    expect([outline.info.width, outline.info.height, outline.info.channels]).toEqual([32, 32, 4]);
    const pixels = Array.from({ length: 32 * 32 }, (_, index) => [...outline.data.subarray(index * 4, index * 4 + 4)]);
    const drawn = pixels.filter(([, , , alpha = 0]) => alpha > 0);
    expect(drawn.length).toBeGreaterThan(100);
    expect(drawn.length).toBeLessThan(32 * 32);
    expect(new Set(drawn.map(([red, green, blue]) => [red, green, blue].join()))).toEqual(new Set(['255,255,255']));
  });

  it('is the same to the byte for the same parts', async () => {
    expect(await createAppPackage(PARTS)).toEqual(await createAppPackage(PARTS));
  });

  it.each<[string, Partial<ManifestParts>]>([
    ['id', { appId: 'no-guid' }],
    ['name.short', { name: 'x'.repeat(31) }],
    ['developer.name', { developer: 'x'.repeat(33) }],
    ['developer.privacyUrl', { privacyUrl: 'clinic.example/privacy' }],
    ['developer.websiteUrl', { websiteUrl: 'http://clinic.example' }],
    ['name.short', { name: ' ' }],
    ['developer.name', { developer: '' }],
    ['version', { version: 'one' }],
    ['bots.0.commandLists.0.commands.0.title', { starters: ['x'.repeat(129)] }],
    ['bots.0.commandLists.0.commands', { starters: Array.from({ length: 11 }, (_, n) => `Question ${n}?`) }],
  ])('is not made where %s does not fit, and the error names it', async (field, parts) => {
    await expect(createAppPackage({ ...PARTS, ...parts })).rejects.toMatchObject({
      code: 'TEAMS_MANIFEST',
      message: expect.stringContaining(`  ${field}: `),
    });
  });
});
