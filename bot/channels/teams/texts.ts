import type { Language } from '../../../knowledge/pack/pack.ts';

/** The channel's own words. What the bot says comes from the pack, and passages stay in the language of theirs. */
export const TEXTS = {
  en: {
    quotedNote: 'Quoted word for word from the knowledge pack. No text here is generated.',
    sources: 'Quoted words and sources',
    sourcesOf: 'Sources',
    noSources: 'These sentences state no facts that need a source.',
    inContext: 'See in context',
    share: 'Share to a channel',
    refresh: 'Bring up to date',
    next: 'You can also ask',
    call: 'Call {phone}',
    text: 'Open website',
    urgent: 'Get help now',
    urgentSummary: 'Urgent: whom to call now',
    contacts: 'Who can help',
    note: 'Please note',
    passage: 'Passage',
    reviewed: 'Reviewed by {by} on {on}, to be read again by {due}',
    unreviewed: 'Not yet reviewed by a clinician',
    overdue: 'Reviewed by {by} on {on}; the next review has been due since {due}',
    asked: 'You asked: {question}',
    answered: 'The answer is below.',
    perhapsAnswered: 'I do not know whether my answer arrived. If there is none below, please ask again in a moment.',
    unknownAction:
      'I do not know this button. It may come from an older version of me; please type your question instead.',
    unknownInvoke: 'This bot does not do "{name}".',
    changed: 'This passage has changed since it was quoted, or is gone. Please ask again.',
    onlyText: 'I can read typed questions only. Please write what you would like to know.',
    tooLong: 'That is longer than {most} characters. Please ask in fewer words.',
    failed: 'Something went wrong here; this is not your doing. Please try again in a moment.',
    forgotten: 'I have forgotten this conversation: what it was about, and your feedback in it.',
    leftOut: '{count} more would not fit into one message.',
    searchNothing: 'No passage answers this. Try another wording.',
    searchPrompt: 'Type a question to find a passage to quote.',
    welcome: 'Hello! I answer questions about {subject} by quoting passages, word for word, each with its sources.',
    howPersonal: 'Ask me anything here, in a whole sentence.',
    howMentioned: 'Mention me with a question, and I answer in the thread. I do not read what does not mention me.',
    howElse:
      'With my name in the compose box you can search passages and insert a quote. "help" shows this again; "forget" makes me forget our conversation.',
    privacy:
      'What you write to me passes through Microsoft Teams. Please leave out names and whatever else tells who a patient is.',
    limits: 'I give general information. I do not decide on anybody’s treatment, and I am no emergency service.',
    starters: 'Questions to begin with',
  },
  es: {
    quotedNote: 'Citado palabra por palabra de la colección de textos. Aquí no hay texto generado.',
    sources: 'Palabras citadas y fuentes',
    sourcesOf: 'Fuentes',
    noSources: 'Estas frases no afirman nada que necesite una fuente.',
    inContext: 'Ver en su contexto',
    share: 'Compartir en un canal',
    refresh: 'Actualizar',
    next: 'También puedes preguntar',
    call: 'Llamar al {phone}',
    text: 'Abrir la página web',
    urgent: 'Pide ayuda ahora',
    urgentSummary: 'Urgente: a quién llamar ahora',
    contacts: 'Quién puede ayudar',
    note: 'Ten en cuenta',
    passage: 'Texto',
    reviewed: 'Revisado por {by} el {on}; próxima revisión antes del {due}',
    unreviewed: 'Todavía no lo ha revisado ningún profesional clínico',
    overdue: 'Revisado por {by} el {on}; la siguiente revisión está pendiente desde el {due}',
    asked: 'Has preguntado: {question}',
    answered: 'La respuesta está abajo.',
    perhapsAnswered: 'No sé si mi respuesta ha llegado. Si no está abajo, pregunta otra vez en un momento.',
    unknownAction: 'No conozco este botón. Quizá sea de una versión anterior; por favor, escribe tu pregunta.',
    unknownInvoke: 'Este bot no hace «{name}».',
    changed: 'Este texto ha cambiado desde que se citó, o ya no está. Por favor, pregunta de nuevo.',
    onlyText: 'Solo puedo leer preguntas escritas. Por favor, escribe lo que te gustaría saber.',
    tooLong: 'Son más de {most} caracteres. Por favor, pregunta con menos palabras.',
    failed: 'Algo ha fallado aquí; no es culpa tuya. Por favor, inténtalo de nuevo en un momento.',
    forgotten: 'He olvidado esta conversación: de qué trataba y tus valoraciones.',
    leftOut: '{count} más no caben en un mensaje.',
    searchNothing: 'Ningún texto responde a esto. Prueba con otras palabras.',
    searchPrompt: 'Escribe una pregunta para encontrar un texto que citar.',
    welcome: '¡Hola! Respondo preguntas sobre {subject} citando textos, palabra por palabra, cada uno con sus fuentes.',
    howPersonal: 'Pregúntame aquí lo que quieras, con una frase completa.',
    howMentioned: 'Mencióname con una pregunta y respondo en el hilo. No leo lo que no me menciona.',
    howElse:
      'Con mi nombre en el cuadro de redacción puedes buscar textos e insertar una cita. «ayuda» muestra esto otra vez; «olvidar» me hace olvidar nuestra conversación.',
    privacy:
      'Lo que me escribes pasa por Microsoft Teams. Por favor, no pongas nombres ni nada que diga quién es un paciente.',
    limits: 'Doy información general. No decido sobre el tratamiento de nadie ni soy un servicio de emergencias.',
    starters: 'Preguntas para empezar',
  },
} as const satisfies Record<Language, Record<string, string>>;

export type Texts = (typeof TEXTS)[Language];

/** A text with its `{names}` filled in. */
export function fillIn(text: string, values: Readonly<Record<string, string | undefined>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** The language of a person's Teams, where the bot speaks it. */
export function languageOf(locale: string | undefined): Language {
  return /^es\b/i.test(locale ?? '') ? 'es' : 'en';
}
