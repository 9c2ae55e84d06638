import { existsSync } from 'node:fs';
import { loadEnvFile } from 'node:process';
import { type Config, readConfig } from '../bot/config.ts';

/** The configuration of this process; a `.env` file where the command runs fills in what is not set. Throws `ConfigError`. */
export function readEnvironment(): Config {
  if (existsSync('.env')) loadEnvFile('.env');
  return readConfig(process.env);
}
