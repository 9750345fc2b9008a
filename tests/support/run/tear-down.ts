import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'

/** Deletes the temporary folder of the run, also when a test has failed. */
export default function tearDown(): void {
  rmSync(tmpdir(), { recursive: true, force: true, maxRetries: 3 })
}
