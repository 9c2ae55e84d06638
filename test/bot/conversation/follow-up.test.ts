import { describe, expect, it } from 'vitest';
import { claimsTopic, hasFormOfQuestion, leansOnTopic, namesTopic } from '../../../bot/conversation/follow-up.ts';

describe('namesTopic', () => {
  it.each([
    'what about alcohol?',
    'ok and what about sunscreen',
    'how about my eyes',
    'and doxycycline?',
    'and nose bleeds',
  ])('hears that "%s" says what it is about', (message) => {
    expect(namesTopic(message)).toBe(true);
  });

  it.each([
    'what about that?',
    'and them?',
    'and in winter?',
    'and for how long?',
    'and is it permanent',
    'why?',
    'and?',
    '',
  ])('hears that "%s" asks on about what came before', (message) => {
    expect(namesTopic(message)).toBe(false);
  });
});

describe('leansOnTopic', () => {
  it.each([
    'and for how long?',
    'what about alcohol?',
    'is that permanent?',
    'why?',
    'Why though',
    'for men too?',
    'and after?',
    'how often',
    'ok so what about eyes',
    'does it grow back',
    'is that the same as purging',
    'really?',
    'who says',
    'shaving?',
  ])('hears that "%s" leans on what was said before', (message) => {
    expect(leansOnTopic(message)).toBe('yes');
  });

  it.each([
    'Which blood tests are done before starting isotretinoin?',
    'My prescriber mentioned a low dose course for milder acne, what does the research say of relapse afterward',
    'Is a glass of wine with dinner on Saturdays a problem while on isotretinoin, or should everyone avoid alcohol',
  ])('hears that "%s" stands alone', (message) => {
    expect(leansOnTopic(message)).toBe('no');
  });

  it('can not tell for a short question that names its own subject', () => {
    expect(leansOnTopic('Can teenagers drink alcohol')).toBe('maybe');
  });

  it.each(['', '   ', '?!', '😀'])('hears nothing in "%s"', (message) => {
    expect(leansOnTopic(message)).toBe('no');
  });
});

describe('hasFormOfQuestion', () => {
  it.each(['why', 'and paracetamol', 'peanut allergy?', 'what mustn’t he do', 'ok so is that normal', 'for men too'])(
    'finds it in "%s"',
    (message) => {
      expect(hasFormOfQuestion(message)).toBe(true);
    },
  );

  it.each(['ok that explains a lot', 'figured so', 'whatever', 'let me think about it', ''])(
    'finds none in "%s"',
    (message) => {
      expect(hasFormOfQuestion(message)).toBe(false);
    },
  );
});

describe('claimsTopic', () => {
  it.each([
    'I have exactly that since this morning',
    "she's got all of those now",
    "i've had exactly that since last night",
    'my son has that right now',
    "That's me, help",
    'thats exactly what i have',
    'this is what my brother is doing',
    'it sounds just like my daughter',
    'Same here',
    'oh no. i think i have this',
    'we both have that today',
  ])('hears that somebody has it: "%s"', (message) => {
    expect(claimsTopic(message)).toBe(true);
  });

  it.each([
    'what if I have that one day',
    "I don't have that",
    'I had that years ago',
    'I have that cream at home',
    'glad I have none of those',
    'how do I get that checked',
    'does everyone get it',
    "that's good to know",
    'I think that is fine',
    'is that permanent?',
    'my sister has this friend who works at a clinic',
    'That is what the nurse said',
  ])('hears no such thing in "%s"', (message) => {
    expect(claimsTopic(message)).toBe(false);
  });
});
