import express, { type Express } from 'express';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { Bot } from '../../bot.ts';
import type { Clock } from '../../clock.ts';
import type { Config } from '../../config.ts';
import { askRoute } from './ask.ts';
import { conversationsRoute } from './conversations.ts';
import { feedbackRoute } from './feedback.ts';
import { aliveRoute, readyRoute } from './health.ts';
import { createRequestMetrics, metricsRoute } from './metrics.ts';
import { openapiRoute } from './openapi.ts';
import { pageFileRoute, pageRoute, playgroundRoute } from './page.ts';
import { passagePageRoute } from './passage-page.ts';
import { passagesRoute } from './passages.ts';
import { ProblemError } from './problem.ts';
import { problemHandler } from './problem-handler.ts';
import { rateLimit } from './rate-limit.ts';
import { requestLog } from './request-log.ts';
import type { Handler, Route } from './route.ts';
import { allowOrigins, securityHeaders } from './security.ts';
import { startersRoute } from './starters.ts';
import { widgetFileRoute, widgetRoute } from './widget-files.ts';

export interface WebAppParts {
  readonly bot: Bot;
  readonly config: Pick<Config, 'allowedOrigins' | 'metricsToken' | 'publicUrl' | 'rateLimitPerMinute' | 'trustProxy'>;
  readonly logger: Logger;
  /** Where the counters of requests go; `/metrics` shows all that is in it. */
  readonly metrics: Registry;
  readonly clock: Clock;
  /** Whether questions can be asked; absent: always. */
  readonly ready?: (() => boolean) | undefined;
  /** Of other channels that speak HTTP. */
  readonly more?: readonly Route[] | undefined;
}

/** The web channel: translates HTTP to `respond` and back, and adds no answer logic. */
export function createWebApp({
  bot,
  config,
  logger,
  metrics,
  clock,
  ready = () => true,
  more = [],
}: WebAppParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', config.trustProxy);
  // Nested parameters (?a[b]=c) have no use here.
  app.set('query parser', 'simple');
  app.use(requestLog({ logger, clock, metrics: createRequestMetrics(metrics) }));
  app.use(securityHeaders(config));
  app.use('/api', allowOrigins(config), neverStored);

  const limit = () => rateLimit({ perMinute: config.rateLimitPerMinute });
  const routes: Route[] = [
    askRoute({ bot, limit: limit() }),
    // Each counted apart from questions: rating a reply must not use up the next question.
    feedbackRoute({ bot, limit: limit() }),
    conversationsRoute({ bot, limit: limit() }),
    startersRoute({ bot }),
    passagesRoute({ bot, clock }),
    passagePageRoute({ bot, clock }),
    aliveRoute(),
    readyRoute({ ready }),
    metricsRoute({ registry: metrics, token: config.metricsToken }),
    pageRoute(),
    playgroundRoute(),
    pageFileRoute(),
    widgetRoute(),
    widgetFileRoute(),
    ...more,
  ];
  mount(app, [...routes, openapiRoute({ routes, publicUrl: config.publicUrl })]);

  app.use(() => {
    throw new ProblemError('not_found', 'Nothing answers at this address; /openapi.json lists what does.');
  });
  app.use(problemHandler(bot));
  return app;
}

/** What a person asks and is told is nobody's to keep on the way. */
const neverStored: Handler = (_req, res, next) => {
  res.setHeader('Cache-Control', 'no-store');
  next();
};

function mount(app: Express, routes: readonly Route[]): void {
  for (const { method, path, pattern = path, handlers } of routes) app[method](pattern, noteRoute(path), ...handlers);

  // What is left over at a known address came with another method.
  for (const { path, pattern = path } of routes) {
    const here = routes.filter((route) => route.path === path);
    const allow = here.flatMap(({ method }) => ALLOWED[method]).join(', ');
    app.route(pattern).all(noteRoute(path), (req, res) => {
      res.setHeader('Allow', allow);
      if (req.method !== 'OPTIONS') throw new ProblemError('method_not_allowed', `Use ${allow} here.`);
      res.status(204).end();
    });
  }
}

const ALLOWED = { get: ['GET', 'HEAD'], post: ['POST'], delete: ['DELETE'] } as const;

function noteRoute(path: string): Handler {
  return (_req, res, next) => {
    res.locals.notes.route = path;
    next();
  };
}
