import { readFileSync } from 'node:fs'
import path from 'node:path'
import { SimulatedClock } from './clock'
import { startCloudBase, type Client, type CloudBase } from './cloudbase'
import { dataFiles, DataFolderError, takeDataFolder } from './data-folder'
import { Ends } from './ends'
import { deployFunctions, type Deployment } from './functions'
import { projectRoot } from './project'
import * as shop from './shop'
import { Store, type Doc } from './store'
import { startWeChatPay, type WeChatPay } from './wechat-pay'
import { deliverTo } from './wechat-pay/notifications'

export interface WorldOptions {
  /** the folder that keeps the merchant, the database and the gateway's ledger between starts */
  dataDir: string
  /** whether WeChat Pay's notifications come by themselves; live when absent */
  notifications?: 'live' | 'held'
  /** whether timer triggers fire by themselves; live when absent */
  timers?: 'live' | 'held'
  /** how many function calls run at the same time, 40 when absent */
  callsAtATime?: number | undefined
  /** told of each thing that happens */
  onLog?: ((entry: LogEntry) => void) | undefined
}

/** One thing that happened in the simulated world; holds no secret. */
export interface LogEntry {
  /** ms since 1970, by the simulated clock */
  at: number
  source: 'function' | 'database' | 'message' | 'wechat-pay'
  name: string
  text: string
}

/** Everything that the shop talks to, and the shop's own cloud functions in it. */
export interface World {
  clock: SimulatedClock
  cloud: CloudBase
  gateway: WeChatPay
  functions: Deployment
  /** the id of the one subscribe message template */
  templateId: string
  /** the phone of shopper 1, 2, … without a screen */
  phone(shopper: number): { openid: string; client: Client }
  /** an order as it lies in the database */
  order(out_trade_no: string): Doc | undefined
  orders(): Doc[]
  /** writes goods as the shop's owner does in the console */
  putGoods(goods: Doc): void
  /** what happened since the start, or the latest part of it */
  log: readonly LogEntry[]
  close(): Promise<void>
}

/** Entries kept in memory: a simulator may run for weeks. */
const LONGEST_LOG = 10_000

/**
 * Starts CloudBase with the project's functions, and WeChat Pay, with the state of the last start.
 * @param publicUrl where a browser gets a stored file from
 * @throws DataFolderError, also when the data in the folder is damaged
 */
export async function startWorld(
  { dataDir, notifications = 'live', timers = 'live', callsAtATime, onLog }: WorldOptions,
  publicUrl: (fileID: string) => string = (fileID) => fileID,
): Promise<World> {
  const ends = new Ends()
  try {
    ends.add(takeDataFolder(dataDir))
    const openStore = async (name: string) => {
      const store = await orDamaged(() => Store.open(path.join(dataDir, name)))
      ends.add(() => store.close())
      return store
    }
    const clock = new SimulatedClock()
    const log: LogEntry[] = []
    const note = (entry: LogEntry) => {
      log.push(entry)
      if (log.length > LONGEST_LOG) log.splice(0, LONGEST_LOG / 2)
      onLog?.(entry)
    }
    const ledger = await openStore(dataFiles.ledger)
    const gateway = await orDamaged(() =>
      startWeChatPay({
        store: ledger,
        clock,
        dir: path.join(dataDir, dataFiles.merchant),
        appid: shop.APPID,
        deliver: deliverTo((host) =>
          host === shop.httpRoutes.host ? cloud.httpAccess.port : undefined,
        ),
        refundNotifyUrl: shop.NOTIFY_URL,
        log: ({ at, endpoint, verdict, reason = '' }) =>
          note({ at, source: 'wechat-pay', name: endpoint, text: `${verdict} ${reason}`.trim() }),
      }),
    )
    ends.add(() => gateway.close())
    const functions = await deployFunctions(shop.functionEnv(gateway.merchant))
    ends.add(() => functions.remove())
    const cloud = await startCloudBase({
      store: await openStore(dataFiles.database),
      clock,
      envId: shop.ENV_ID,
      appid: shop.APPID,
      bucket: shop.BUCKET,
      functions: functions.configs,
      gateway: { port: gateway.port, ca: gateway.ca },
      callsAtATime,
      httpRoutes: shop.httpRoutes,
      permissions: readPermissions(),
      templates: [shop.template],
      storageDir: path.join(projectRoot, 'cloud', 'storage'),
      publicUrl,
      log: note,
    })
    ends.add(() => cloud.close())
    ends.add(() => gateway.notifications.hold())
    const { database } = cloud
    const putGoods = ({ _id, ...fields }: Doc) => void database.replace('goods', { _id }, fields)
    shop.goods().forEach(putGoods)
    if (notifications === 'live') gateway.notifications.release()
    if (timers === 'live') cloud.timers.release()
    return {
      clock,
      cloud,
      gateway,
      functions,
      templateId: shop.TEMPLATE_ID,
      phone(shopper) {
        const openid = shop.openidOf(shopper)
        return { openid, client: cloud.client(openid) }
      },
      order: (out_trade_no) => database.get('orders', out_trade_no),
      orders: () => database.find('orders', { query: {} }) as Doc[],
      putGoods,
      log,
      close: () => ends.run(),
    }
  } catch (error) {
    await ends.run()
    throw error
  }
}

/** Damage cannot be mended here, only forgotten: the message says how. */
async function orDamaged<T>(open: () => T | Promise<T>): Promise<T> {
  try {
    return await open()
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new DataFolderError(`${why}. npm start -- --fresh forgets all data and begins anew.`)
  }
}

function readPermissions(): unknown {
  const file = path.join(projectRoot, 'cloud', 'database', 'permissions.json')
  return JSON.parse(readFileSync(file, 'utf8'))
}
