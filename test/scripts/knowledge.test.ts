import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { projectRoot } from '../../knowledge/project-root.ts';
import { filesOf } from '../support/files-of.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let pack: string;
let leaflet: string;
beforeEach(() => {
  const root = temporaryFolder();
  pack = path.join(root, 'zinc');
  leaflet = path.join(root, 'leaflet.md');
  expect(knowledge('new-pack', pack).code).toBe(0);
});

const USE = '## When is it used?\n\nZinc paste protects sore skin around a wound.\n';
const REMOVAL = '## How is it taken off?\n\nOlive oil on a cotton ball takes the paste off.\n';

describe('npm run knowledge', () => {
  it.each([
    [['add'], 'Which one? Name it, as in: add leaflet.pdf'],
    [['remove'], 'Which one? Name it, as in: remove leaflet.pdf'],
    [['new-pack'], 'Which one? Name it, as in: new-pack doxycycline'],
    [['show'], 'Which passage?'],
    [['remove', 'a.md', 'b.md'], 'One at a time, please: "b.md" is too many.'],
    [['ad', 'a.md'], 'There is no command "ad".'],
    [[], 'Which command?'],
  ])('says what %j lacks, with exit code 2', (args, says) => {
    const { code, out, err } = knowledge(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(says);
    expect(err).not.toContain('    at ');
  });

  it('says in a dry run what would happen, and then does just that', () => {
    writeFileSync(leaflet, USE);
    const before = filesOf(pack);
    expect(add('--dry-run').out).toContain('would add  leaflet.md (D1): 1 new\n1 of 1 document, 1 passage drafted');
    expect(filesOf(pack)).toEqual(before);
    expect(add().out).toContain('added  leaflet.md (D1): 1 new\n');
    expect(add().out).toContain('unchanged  leaflet.md');
  });

  it('tells how far it is beside what it prints, not in it', () => {
    writeFileSync(leaflet, USE);
    const { out, err } = add();
    expect(err).toBe('Reading the pack …\nDocuments (1) …\n');
    expect(out).not.toContain('…');
  });

  it('names each passage that goes with a part of a document', () => {
    writeFileSync(leaflet, USE + REMOVAL);
    add();
    writeFileSync(leaflet, USE);
    const { out } = add();
    expect(out).toContain('1 as before, 1 removed');
    expect(out).toContain('removed: zinc/how-is-it-taken-off/how-is-it-taken-off');
  });

  it('adds what it can, and ends with exit code 1 where something was refused', () => {
    writeFileSync(leaflet, USE);
    const folder = path.join(path.dirname(leaflet), 'folder');
    const pipe = path.join(path.dirname(leaflet), 'pipe.md');
    mkdirSync(folder);
    execFileSync('mkfifo', [pipe]);
    const { code, out } = knowledge('add', folder, pipe, leaflet, '--pack', pack);
    expect(code).toBe(1);
    expect(out).toContain('not added  folder: it is no file; name the files one by one');
    expect(out).toContain('not added  pipe.md: it is no file');
    expect(out).toContain('1 of 3 documents, 1 passage drafted');
  });
});

const add = (...options: string[]) => knowledge('add', leaflet, '--pack', pack, ...options);

/** Runs the built command. */
function knowledge(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/scripts/knowledge.js', ...args], {
    cwd: projectRoot(),
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { code: status, out: stdout, err: stderr };
}
