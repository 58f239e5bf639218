import { hash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Settings } from '../settings.ts';

const PROJECT = resolve(import.meta.dirname, '../..');

/**
 * The folder of everything the embedded shape keeps: secrets and the PostgreSQL cluster. Made if missing;
 * returns its absolute path. PostgreSQL refuses to run as root and then runs as another user, who may not be
 * able to enter the project (/root has mode 0700): for root the folder is under /var/lib, one for each
 * project folder.
 */
export function dataFolder({ creditData }: Pick<Settings, 'creditData'>): string {
  const asRoot = process.getuid?.() === 0;
  const own = asRoot
    ? `/var/lib/public-credit-gateway/${hash('sha256', PROJECT, 'hex').slice(0, 8)}`
    : resolve(PROJECT, '.data');
  const folder = creditData === undefined ? own : resolve(creditData);
  mkdirSync(folder, { recursive: true, mode: asRoot ? 0o711 : 0o700 });
  return folder;
}
