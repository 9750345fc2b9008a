import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { build } from 'esbuild'
import { bundleOptions } from '../../../project/functions'
import { buildSource, isBuilt } from '../../support/functions'
import { project } from '../../support/project'
import { openShop } from '../../support/shop'
import { encode, type PortCall, type PortReply } from './port-call'
import type { Subject } from './subject'

/** Opens the ports of cloud.ts and wechat-pay.ts in a cloud function, with the real SDKs over sockets. */
export async function openRealSubject(): Promise<Subject> {
  const shop = await openShop()
  const { cloud, gateway, clock } = shop.simulator
  const folder = mkdtempSync(path.join(tmpdir(), 'contract-'))
  cloud.functions.replace('pay', await bundle('ports-function.ts', folder))
  cloud.functions.replace('pay-message', await bundle('message-function.ts', folder))

  const port = <T>(name: PortCall['port'], owner: PortCall['owner'] = {}) =>
    new Proxy({} as T & object, {
      get:
        (_, method) =>
        async (...args: unknown[]) => {
          const call: PortCall = {
            owner,
            port: name,
            method: String(method),
            args: args.map(encode),
          }
          const reply = (await cloud.functions.invoke('pay', call, {})) as PortReply
          if (reply.rejected) throw new Error('the port rejected')
          return reply.value
        },
    })

  return {
    goods: port('goods'),
    orders: (owner) => port('orders', owner),
    wechatPay: port('wechatPay'),
    messages: port('messages'),
    database: cloud.database,
    ledger: gateway.ledger,
    payer: gateway.payer,
    now: () => clock.now(),
    refuseNext: (endpoint, err_code) =>
      gateway.faults.inject(endpoint, { kind: 'refuse', err_code, err_code_des: err_code }),
    // Once for the request, and once for its retry.
    loseNext: (endpoint) =>
      gateway.faults.inject(endpoint, { kind: 'reset', when: 'after', times: 2 }),
    async close() {
      await shop.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Bundles a function of this folder; in jest's project `built` as `npm run build` would. */
async function bundle(name: string, folder: string): Promise<string> {
  const outfile = path.join(folder, name.replace(/\.ts$/, ''), 'index.js')
  const entry = path.join(__dirname, name)
  if (isBuilt) await buildSource(entry, outfile)
  else await build({ ...bundleOptions(project, entry), outfile })
  return outfile
}
