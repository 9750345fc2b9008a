import { mkdtempSync, realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** Gives a run of jest its own temporary folder, so that no test leaves a folder behind. */
export default function setUp(): void {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'jest-run-')))
  for (const name of ['TMPDIR', 'TMP', 'TEMP']) process.env[name] = folder
}
