import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Problem } from '../../../project/diagnostic'
import { type Check, runCheck } from '../../../scripts/checks/check'

const SOURCES = ['miniprogram', 'cloudfunctions', 'cloud', 'typings']
const SETTINGS = [
  'cloudbaserc.json',
  'project.config.json',
  'tsconfig.base.json',
  'tsconfig.miniprogram.json',
]

/** A copy of the project's sources in a temporary folder, to plant faults in. */
export class ProjectCopy {
  // macOS has a link in the path of its temporary folder.
  readonly folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'project-copy-')))

  constructor() {
    const isSource = (file: string) => !/cloudfunctions[\\/][^\\/]+[\\/]index\.js$/.test(file)
    for (const name of [...SOURCES, ...SETTINGS]) {
      cpSync(name, path.join(this.folder, name), { recursive: true, filter: isSource })
    }
    symlinkSync(path.resolve('node_modules'), path.join(this.folder, 'node_modules'), 'junction')
  }

  write(file: string, text: string): void {
    mkdirSync(path.dirname(this.#place(file)), { recursive: true })
    writeFileSync(this.#place(file), text)
  }

  append(file: string, text: string): void {
    appendFileSync(this.#place(file), text)
  }

  remove(file: string): void {
    rmSync(this.#place(file), { recursive: true })
  }

  /** Changes the content of a JSON file. */
  json(file: string, change: (content: any) => void): void {
    const content = JSON.parse(readFileSync(this.#place(file), 'utf8'))
    change(content)
    this.write(file, JSON.stringify(content))
  }

  /** Returns what the check finds wrong in the copy: `where: problem`. */
  async problems(check: Check): Promise<string[]> {
    const result = (await runCheck(check, this.folder)) as Problem[]
    return result.map(({ where, problem }) => `${where}: ${problem}`)
  }

  destroy(): void {
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 })
  }

  #place(file: string): string {
    return path.join(this.folder, file)
  }
}
