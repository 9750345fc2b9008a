import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { compileFunction } from 'node:vm'
import { build } from 'esbuild'
import type { Config } from '../../../cloudfunctions/pay/src/adapters/config'
import type { OrdersPort, WeChatPayPort } from '../../../cloudfunctions/pay/src/ports'
import { project } from '../../support/project'
import type { Invocation } from '../simulation/invocation'
import { account } from '../simulation/merchant'
import type { ShopCode, Simulation } from '../simulation/simulation'
import { fakeCloud, fakeWXPay } from './fake-sdks'

/** A change to one of the shop's sources: replaces a text that occurs exactly once. */
export interface Patch {
  /** its path in the project */
  file: string
  replace: string
  by: string
}

/** What the bundle exports. */
interface Bundle extends ShopCode {
  cloudOrders(owner: { _openid?: string }): OrdersPort
  wechatPay(config: Config): WeChatPayPort
}

const ENTRY = `
  export { handleCall } from './pay/src/handle-call'
  export { cloudOrders } from './pay/src/adapters/cloud'
  export { wechatPay } from './pay/src/adapters/wechat-pay'
  export { handleNotification } from './pay-notify/src/notification'
  export { reconcile } from './pay-reconcile/src/reconcile'
`

/**
 * Builds the shop from a patched temporary copy of its sources, with the shop's own adapters.
 * @throws Error when the patch does not match exactly once
 */
export async function shopWith(patch?: Patch): Promise<ShopCode> {
  const folder = mkdtempSync(path.join(tmpdir(), 'planted-'))
  try {
    for (const name of ['pay', 'pay-notify', 'pay-reconcile']) {
      const sources = path.join('cloudfunctions', name, 'src')
      cpSync(path.join(project.root, sources), path.join(folder, sources), { recursive: true })
    }
    if (patch) apply(patch, path.join(folder, patch.file))
    return load(await bundle(path.join(folder, 'cloudfunctions')))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function apply(patch: Patch, file: string): void {
  writeFileSync(file, patched(readFileSync(file, 'utf8'), patch))
}

/** @throws Error when the patch does not match exactly once */
export function patched(source: string, { file, replace, by }: Patch): string {
  const [before, after, ...more] = source.split(replace)
  if (after === undefined || more.length > 0) {
    throw new Error(
      `${file}: "${replace}" occurs ${more.length === 0 ? 'never' : 'more than once'}`,
    )
  }
  return before + by + after
}

async function bundle(folder: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: ENTRY, resolveDir: folder, loader: 'ts' },
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node16',
    format: 'cjs',
    external: ['wx-server-sdk', 'wx-js-utils/*'],
    logLevel: 'silent',
  })
  return outputFiles[0]!.text
}

function load(code: string): ShopCode {
  let current: Simulation
  const sdks: Record<string, unknown> = {
    'wx-server-sdk': fakeCloud(() => current.database),
    'wx-js-utils/src/libs/WXPay': fakeWXPay(() => current.ledger),
  }
  const module = { exports: {} as Bundle }
  const resolve = (name: string): unknown => sdks[name] ?? require(name)
  compileFunction(code, ['module', 'require'])(module, resolve)
  const { cloudOrders, wechatPay, ...functions } = module.exports
  return {
    ...functions,
    adapters(simulation, invocation, owner) {
      current = simulation
      const gateway = wechatPay({
        settings: simulation.settings,
        key: account.key,
        p12: Buffer.alloc(0),
      })
      return {
        orders: through(invocation, 'orders', cloudOrders(owner), () => {
          throw Object.assign(new Error('the database did not reply'), { errCode: -501001 })
        }),
        wechatPay: {
          ...through(invocation, 'wechatPay', gateway, () => ({ kind: 'unknown', why: 'TIMEOUT' })),
          paySign: gateway.paySign,
          readNotification: gateway.readNotification,
        },
      }
    },
  }
}

/** After this many calls an invocation is considered to be in an endless loop. */
const MAX_CALLS = 300

/** Returns the port with every call passed through the invocation's hook. */
function through<P extends object>(
  invocation: Invocation,
  name: string,
  port: P,
  unknown: () => unknown,
): P {
  let calls = 0
  const watched = Object.entries(port).map(([method, call]: [string, (...args: any[]) => any]) => [
    method,
    (...args: unknown[]) => {
      if (++calls > MAX_CALLS) throw new Error('too many calls')
      return invocation.perform<unknown>(`${name}.${method}`, () => call(...args), unknown)
    },
  ])
  return Object.fromEntries(watched) as P
}
