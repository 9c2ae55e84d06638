import helmet from 'helmet';
import type { Config } from '../../config.ts';
import { ProblemError } from './problem.ts';
import type { Handler } from './route.ts';

/** Headers for every answer. The page's own script and style are files of this origin; nothing else runs or loads. */
export function securityHeaders({ publicUrl }: Pick<Config, 'publicUrl'>): Handler {
  const self = ["'self'"];
  const none = ["'none'"];
  const protect = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: none,
        scriptSrc: self,
        styleSrc: self,
        imgSrc: self,
        connectSrc: self,
        baseUri: none,
        formAction: none,
        frameAncestors: none,
        // The browser itself then refuses innerHTML and its like.
        requireTrustedTypesFor: ["'script'"],
        trustedTypes: none,
      },
    },
    // Over plain HTTP browsers ignore it; over HTTPS only the clinic knows whether all of its host is.
    strictTransportSecurity: publicUrl?.startsWith('https://') === true && { includeSubDomains: false },
    xFrameOptions: { action: 'deny' },
  });
  return (req, res, next) => {
    res.setHeader('Permissions-Policy', 'camera=(), geolocation=(), microphone=()');
    protect(req, res, next);
  };
}

/**
 * Lets pages of the same origin and of `ALLOWED_ORIGINS` call the API. A request without `Origin` comes from no
 * page, so it passes; one from any other page is refused, not just hidden from its script.
 */
export function allowOrigins({ allowedOrigins, publicUrl }: Pick<Config, 'allowedOrigins' | 'publicUrl'>): Handler {
  const allowed = new Set(allowedOrigins);
  const own = publicUrl === undefined ? undefined : new URL(publicUrl).origin;
  return (req, res, next) => {
    res.vary('Origin');
    const { origin, host } = req.headers;
    if (origin === undefined) return next();
    if (allowed.has(origin)) {
      res.setHeader('Access-Control-Allow-Origin', origin);
      res.setHeader('Access-Control-Expose-Headers', 'Retry-After, X-Request-Id');
      if (!isPreflight(req)) return next();
      res.setHeader('Access-Control-Allow-Methods', 'GET, POST, DELETE');
      res.setHeader('Access-Control-Allow-Headers', 'Content-Type');
      res.setHeader('Access-Control-Max-Age', '600');
      res.status(204).end();
      return;
    }
    // Behind a proxy that changes Host, the browser's own word is what tells the same origin; no page can forge it.
    const same = origin === own || hostOf(origin) === host || req.headers['sec-fetch-site'] === 'same-origin';
    if (same) return next();
    throw new ProblemError('origin_not_allowed', 'The operator can allow this site with ALLOWED_ORIGINS.');
  };
}

function isPreflight(req: { method: string; headers: NodeJS.Dict<string | string[]> }): boolean {
  return req.method === 'OPTIONS' && req.headers['access-control-request-method'] !== undefined;
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
