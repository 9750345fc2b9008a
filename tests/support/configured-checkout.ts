import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buildFunction } from '../../scripts/build/build-function'

export const MCHID = '1900000109'
export const KEY = '192006250b4c09247ec02edce69f6a2d'
const APPID = 'wxd930ea5d5a258f4f'
export const TEMPLATE_ID = 'HHrFNzxhL2U1dGVzdF9wYWlkX21lc3NhZ2Vf0000001'

/** The files that a deployer does not change. */
const AS_CLONED = [
  '.gitignore',
  'package.json',
  'cloudbaserc.json',
  'cloud/database/permissions.json',
  'cloudfunctions/pay/config/example.js',
  'cloudfunctions/pay-message/config/example.js',
]
const FUNCTIONS = ['pay', 'pay-message', 'pay-notify', 'pay-reconcile']
const OF_EACH_FUNCTION = ['package.json', 'config.json']
const WITH_CONFIG_OF_PAY = ['pay', 'pay-notify', 'pay-reconcile']

const PAY = {
  APPID,
  MCHID,
  KEY,
  P12: 'apiclient_cert.p12',
  NOTIFY_URL: 'https://shop-2gk5m1.service.tcloudbase.com/pay-notify',
  SIGN_TYPE: 'HMAC-SHA256',
  SELF_REFUND_HOURS: 2,
}
const MESSAGE = {
  TEMPLATE_ID,
  TEMPLATE_DATA: { thing2: 'body', amount3: 'total_fee', time4: 'paid_at' },
}

/** A deployer's checkout in a temporary folder: configured, built and without problems. */
export class ConfiguredCheckout {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'configured-checkout-'))

  /** @param p12 the merchant's certificate, whose passphrase is MCHID */
  static async create(p12: Buffer): Promise<ConfiguredCheckout> {
    const checkout = new ConfiguredCheckout(p12)
    await Promise.all(FUNCTIONS.map((name) => checkout.build(name)))
    return checkout
  }

  private constructor(p12: Buffer) {
    const own = FUNCTIONS.flatMap((name) =>
      OF_EACH_FUNCTION.map((file) => `cloudfunctions/${name}/${file}`),
    )
    for (const file of [...AS_CLONED, ...own]) cpSync(file, path.join(this.folder, file))
    this.initialiseGit()
    const project = readFileSync('project.config.json', 'utf8')
    this.write('project.config.json', project.replace('touristappid', APPID))
    this.phone('shop-2gk5m1', [TEMPLATE_ID])
    this.pay({})
    this.message({})
    this.p12(p12)
    for (const name of FUNCTIONS) {
      this.write(`cloudfunctions/${name}/src/index.ts`, 'export const main = () => undefined\n')
    }
  }

  /** Builds a function, as `npm run build` does. */
  async build(name: string): Promise<void> {
    const cloudfunctionRoot = path.join(this.folder, 'cloudfunctions')
    await buildFunction({ root: this.folder, cloudfunctionRoot }, name)
  }

  write(file: string, content: string | Buffer): void {
    mkdirSync(path.dirname(path.join(this.folder, file)), { recursive: true })
    writeFileSync(path.join(this.folder, file), content)
  }

  /** Creates the minimum that git accepts as a repository (gitrepository-layout(5)). */
  private initialiseGit(): void {
    this.write('.git/HEAD', 'ref: refs/heads/main\n')
    for (const name of ['objects', 'refs']) mkdirSync(path.join(this.folder, '.git', name))
  }

  /** Changes the content of a JSON file. */
  json(file: string, change: (content: any) => void): void {
    const content = JSON.parse(readFileSync(path.join(this.folder, file), 'utf8'))
    change(content)
    this.write(file, JSON.stringify(content))
  }

  remove(file: string): void {
    rmSync(path.join(this.folder, file), { recursive: true })
  }

  copy(from: string, to: string): void {
    cpSync(path.join(this.folder, from), path.join(this.folder, to))
  }

  git(...args: string[]): void {
    spawnSync('git', args, { cwd: this.folder })
  }

  phone(env: unknown, templateIds: unknown): void {
    this.write(
      'miniprogram/config.ts',
      `export const env: string = ${JSON.stringify(env)}\n` +
        `export const templateIds: string[] = ${JSON.stringify(templateIds)}\n`,
    )
  }

  /** Writes pay's configuration with these keys changed, and the copies that the build makes. */
  pay(change: Record<string, unknown>): void {
    for (const name of WITH_CONFIG_OF_PAY) {
      this.write(`cloudfunctions/${name}/config/index.js`, moduleOf({ ...PAY, ...change }))
    }
  }

  message(change: Record<string, unknown>): void {
    this.write('cloudfunctions/pay-message/config/index.js', moduleOf({ ...MESSAGE, ...change }))
  }

  p12(content: Buffer): void {
    for (const name of WITH_CONFIG_OF_PAY) {
      this.write(`cloudfunctions/${name}/config/apiclient_cert.p12`, content)
    }
  }

  destroy(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

const moduleOf = (content: unknown) => `module.exports = ${JSON.stringify(content)}\n`
