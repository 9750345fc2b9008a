import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { BuildResult } from '../../../simulator/phone'
import { buildPhone } from '../../../simulator/phone/compiler'

const SAMPLE = path.join(__dirname, 'sample')
const dirs: string[] = []

afterAll(() => dirs.forEach((dir) => rmSync(dir, { recursive: true })))

/** Changed files of the sample: name → new text, or `null` to remove the file. */
export type Changes = Record<string, string | null>

/** An empty page of the sample. */
export const PAGE = 'pages/empty/index'

/** Builds the sample with some files changed. */
export function buildWith(changes: Changes): Promise<BuildResult> {
  const dir = path.join(mkdtempSync(path.join(tmpdir(), 'phone-')), 'miniprogram')
  dirs.push(path.dirname(dir))
  cpSync(SAMPLE, dir, { recursive: true })
  for (const [name, text] of Object.entries(changes)) {
    const file = path.join(dir, name)
    mkdirSync(path.dirname(file), { recursive: true })
    if (text === null) rmSync(file)
    else writeFileSync(file, text)
  }
  return buildPhone({
    miniprogramDir: dir,
    modules: { 'config.ts': { env: 'simulated' } },
    appid: 'wx1',
  })
}

/** Builds the sample and returns one built file, by its path on the phone's server. */
export async function built(changes: Changes, name: string): Promise<string> {
  const result = await buildWith(changes)
  if (!result.ok) throw new Error(JSON.stringify(result.errors))
  return String(result.files.get(name))
}

/** Builds the sample and returns its errors as `file:line:column text`. */
export async function errorsOf(changes: Changes): Promise<string[]> {
  const result = await buildWith(changes)
  if (result.ok) return []
  return result.errors.map(({ file, line, column, text }) => `${file}:${line}:${column} ${text}`)
}
