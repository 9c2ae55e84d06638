import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createIsEnglish } from '../../../bot/conversation/language.ts';
import { modelWords } from '../../../knowledge/embedding/model-words.ts';
import { loadSafety } from '../../../knowledge/pack/safety.ts';
import { projectRoot } from '../../../knowledge/project-root.ts';

const { words } = loadSafety(path.join(projectRoot(), 'knowledge/safety'));
const english = modelWords();
const isEnglish = createIsEnglish({ isWord: (word) => english.has(word), languages: words.languages });

describe('createIsEnglish', () => {
  it.each([
    'Does acne come back after isotretinoin?',
    'how long',
    'roaccutane relapse',
    'me lips r so dry',
    'what abt alcahol',
    'does it cause IBD or crohns disease?',
    'my son, 16, mental health?',
    'no',
    'can i eat la crema de queso with it',
    'is Señora López my prescriber?',
    'C’est la vie, my skin is clear, does it last?',
    '20 mg / day?',
    'my naïve café mate dosent beleive me abuot roacutane',
    '',
    '😀',
    '12345',
  ])('takes "%s" for English', (message) => {
    expect(isEnglish(message)).toBe(true);
  });

  it.each([
    ['Spanish', '¿Cuánto tiempo tengo que tomar isotretinoína?'],
    ['Spanish without accents', 'puedo beber alcohol mientras tomo roacutan'],
    ['French', 'Combien de temps dure le traitement ? Je ne sais pas'],
    ['German', 'Wie lange dauert die Behandlung mit Isotretinoin?'],
    ['Portuguese', 'Quanto tempo posso tomar isotretinoína para a acne?'],
    ['Polish', 'Czy mogę pić alkohol podczas leczenia izotretynoiną?'],
    ['Arabic', 'هل يعود حب الشباب بعد العلاج؟'],
    ['Hindi', 'क्या मुँहासे वापस आते हैं?'],
    ['Chinese', '异维A酸治疗后痤疮会复发吗?'],
    ['Hungarian, which is not listed', 'Hol lehet parkolni a rendelőnél?'],
    ['Finnish, which is not listed', 'Särkeekö isotretinoiini päätä?'],
    ['Russian', 'Можно ли пить алкоголь?'],
  ])('knows that %s is not English', (_, message) => {
    expect(isEnglish(message)).toBe(false);
  });
});
