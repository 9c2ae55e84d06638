import type { TeamsManifestV1D30 } from '@microsoft/app-manifest';
import { SEARCH_COMMAND } from '../search.ts';

export type Manifest = TeamsManifestV1D30.TeamsManifestV1D30;

/** The newest schema that `@microsoft/app-manifest` carries; prompt starters need 1.27 or later. */
export const MANIFEST_VERSION = '1.30';

export interface ManifestParts {
  /** Of the app registration; the app in Teams has the same. */
  readonly appId: string;
  /** Host that the bot is reached under, such as `bot.clinic.example`. */
  readonly domain: string;
  readonly name: string;
  readonly developer: string;
  /** Three numbers; Teams takes an update only under a higher one. */
  readonly version: string;
  readonly websiteUrl?: string | undefined;
  readonly privacyUrl?: string | undefined;
  readonly termsUrl?: string | undefined;
  /** What the bot is about, as it stands in a sentence. */
  readonly subject: string;
  /** Questions that a personal chat begins with. */
  readonly starters: readonly string[];
}

/** What Teams is told of the app. Whether it would take it is `checkManifest`'s to say. */
export function createManifest(parts: ManifestParts): Manifest {
  const { appId, domain, name, developer, version, subject, starters } = parts;
  const page = `https://${domain}/`;
  const commands = [
    { title: 'help', description: 'What this is, how to ask, and whom to call in an emergency' },
    { title: 'forget', description: 'Forget our conversation' },
  ];
  return {
    $schema: `https://developer.microsoft.com/json-schemas/teams/v${MANIFEST_VERSION}/MicrosoftTeams.schema.json`,
    manifestVersion: MANIFEST_VERSION,
    version,
    id: appId,
    developer: {
      name: developer,
      websiteUrl: parts.websiteUrl ?? page,
      privacyUrl: parts.privacyUrl ?? page,
      termsOfUseUrl: parts.termsUrl ?? page,
    },
    name: { short: name, full: `${name}: answers about ${subject}` },
    description: {
      short: `Answers about ${subject}, quoted word for word with their sources`,
      full: [
        `Ask about ${subject}, in a chat or by mentioning the app in a channel. Every answer is made of sentences quoted word for word from your clinic's knowledge pack, with their sources and whether a clinician has signed them. No text is generated.`,
        'General information, for use under the responsibility of your clinic: it is not a medical device, decides on nobody’s treatment, and is no emergency service.',
        'What you write passes through Microsoft Teams. Leave out names and whatever else tells who a patient is. The app reads only messages that are sent to it or mention it.',
      ].join('\n\n'),
    },
    icons: { color: 'color.png', outline: 'outline.png' },
    accentColor: '#0f5f63',
    bots: [
      {
        botId: appId,
        scopes: ['personal', 'team', 'groupChat'],
        isNotificationOnly: false,
        supportsFiles: false,
        commandLists: [
          {
            scopes: ['personal'],
            commands: [...starters.map((prompt) => ({ type: 'prompt' as const, title: prompt, prompt })), ...commands],
          },
          { scopes: ['team', 'groupChat'], commands },
        ],
      },
    ],
    composeExtensions: [
      {
        botId: appId,
        commands: [
          {
            id: SEARCH_COMMAND.id,
            type: 'query',
            title: 'Find a quote',
            description: `Search the passages about ${subject} and insert a quote with its source`,
            initialRun: true,
            context: ['compose', 'commandBox'],
            parameters: [
              { name: SEARCH_COMMAND.parameter, title: 'Question', description: 'A question in your own words' },
            ],
          },
        ],
        // Links to passages' pages become quotes: how an answer is shared.
        messageHandlers: [{ type: 'link', value: { domains: [domain] } }],
      },
    ],
    validDomains: [domain],
    defaultInstallScope: 'personal',
    defaultGroupCapability: { team: 'bot', groupchat: 'bot' },
  };
}
