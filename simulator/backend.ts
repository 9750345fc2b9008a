import path from 'node:path'
import { type Problem, ProjectError } from '../project/diagnostic'
import { functionNames, readFunctionSettings } from '../project/functions'
import type { Project } from '../project/project'
import { startCloudBase, type Client, type CloudBase } from './cloudbase'
import { deployFunctions, type Deployment } from './cloudbase/functions/deployment'
import { CleanupStack } from './kit/cleanup-stack'
import { SimulatedClock } from './kit/clock'
import { DATA_FILES, DataFolderError, lockDataFolder } from './kit/data-folder'
import { Store, type Doc } from './kit/store'
import { type ReloadedPart, Reloader } from './reload'
import { readIndexes, readPermissions } from './settings/collections'
import { APPID, BUCKET, ENV_ID, HTTP_HOST, openidOf } from './settings/identity'
import { fillPlaceholders } from './settings/placeholders'
import { readSettings } from './settings/read-settings'
import type { Settings } from './settings/schema'
import { Seed } from './settings/seed'
import { startWeChatPay, type WeChatPay } from './wechat-pay'
import { openMerchant } from './wechat-pay/merchant'
import { localTransport } from './wechat-pay/notifications'

export interface BackendOptions {
  /** the mini program project whose cloud functions run */
  project: Project
  /** the folder that keeps the merchant, the database and the gateway's ledger between starts */
  dataDir: string
  /** `live` (the default) sends WeChat Pay's notifications when they are due, `held` does not */
  notifications?: 'live' | 'held'
  /** `live` (the default) fires timer triggers when they are due, `held` does not */
  timers?: 'live' | 'held'
  /** how many function calls run at the same time, 40 when absent */
  callsAtATime?: number | undefined
  /**
   * finds what else is wrong with the documents that collections have from the start, and with their
   * pictures; called when one of these files is saved
   */
  checkSeeds?: (() => Promise<readonly Problem[]>) | undefined
  /** files of functions that are bundled already, by name; the others are bundled from their sources */
  functionFiles?: Readonly<Record<string, string>>
  /** called with each new log entry */
  onLog?: ((entry: LogEntry) => void) | undefined
}

/** One event in the simulator; contains no secret. */
export interface LogEntry {
  /** ms since 1970, by the simulated clock */
  at: number
  source: 'function' | 'database' | 'message' | 'wechat-pay'
  name: string
  text: string
}

/** The simulator without the phone: CloudBase with a project's functions, and WeChat Pay. */
export interface Backend {
  clock: SimulatedClock
  cloud: CloudBase
  gateway: WeChatPay
  functions: Deployment
  /** applies saved files of data and settings */
  reloader: Reloader
  /** simulator.json, with its placeholders filled */
  settings: Settings
  /** Returns the CloudBase client of shopper 1, 2, … */
  phone(shopper: number): { openid: string; client: Client }
  /** Returns the stored row of an order. */
  order(out_trade_no: string): Doc | undefined
  orders(): Doc[]
  /** the entries since the start, or the latest of them */
  log: readonly LogEntry[]
  close(): Promise<void>
}

/** The log is trimmed to this length, since a simulator may run for weeks. */
const MAX_LOG_ENTRIES = 10_000

/**
 * Starts CloudBase with the project's functions, and WeChat Pay, with the state of the last run.
 * @param publicUrl returns the URL of a stored file for browsers
 * @throws DataFolderError, also when the data in the folder is damaged; ProjectError when a file of
 * the project cannot be used
 */
export async function startBackend(
  options: BackendOptions,
  publicUrl: (fileID: string) => string = (fileID) => fileID,
): Promise<Backend> {
  const { project, dataDir, notifications = 'live', timers = 'live', onLog } = options
  const rawSettings = readSettings(project)
  const permissions = readPermissions(project, rawSettings)
  const indexes = readIndexes(project, rawSettings)
  const cleanup = new CleanupStack()
  try {
    cleanup.add(lockDataFolder(dataDir))
    const openStore = async (name: string) => {
      const store = await explainDamage(() => Store.open(path.join(dataDir, name)))
      cleanup.add(() => store.close())
      return store
    }
    const clock = new SimulatedClock()
    const log: LogEntry[] = []
    const record = (entry: LogEntry) => {
      log.push(entry)
      if (log.length > MAX_LOG_ENTRIES) log.splice(0, MAX_LOG_ENTRIES / 2)
      onLog?.(entry)
    }
    const ledger = await openStore(DATA_FILES.ledger)
    const merchant = await explainDamage(() =>
      openMerchant(path.join(dataDir, DATA_FILES.merchant)),
    )
    const settings = fillPlaceholders(rawSettings, {
      appid: APPID,
      envId: ENV_ID,
      httpOrigin: `https://${HTTP_HOST}`,
      'merchant.mch_id': merchant.mch_id,
      'merchant.key': merchant.key,
      'merchant.p12': merchant.p12File,
    })
    const { refundNotifyUrl } = settings
    const gateway = await explainDamage(() =>
      startWeChatPay({
        store: ledger,
        clock,
        merchant,
        appid: APPID,
        deliver: localTransport((host) => (host === HTTP_HOST ? cloud.httpAccess.port : undefined)),
        ...(refundNotifyUrl !== undefined && { refundNotifyUrl }),
        log: ({ at, endpoint, verdict, reason = '' }) =>
          record({ at, source: 'wechat-pay', name: endpoint, text: `${verdict} ${reason}`.trim() }),
      }),
    )
    cleanup.add(() => gateway.close())
    const functions = await deployFunctions(project, environmentOf(settings), options.functionFiles)
    cleanup.add(() => functions.remove())
    const cloud = await startCloudBase({
      store: await openStore(DATA_FILES.database),
      clock,
      envId: ENV_ID,
      appid: APPID,
      bucket: BUCKET,
      functions: functions.configs,
      gateway: { port: gateway.port, ca: gateway.ca },
      callsAtATime: options.callsAtATime,
      httpRoutes: { host: HTTP_HOST, paths: settings.httpRoutes },
      permissions,
      indexes,
      templates: settings.templates,
      storage: storageFolders(project, settings),
      publicUrl,
      log: record,
    })
    cleanup.add(() => cloud.close())
    cleanup.add(() => gateway.notifications.hold())
    const { database, storage } = cloud
    const seeds = Object.entries(settings.collections).map(
      ([name, collection]) =>
        new Seed({ name, collection, project, database, fileID: (file) => storage.fileID(file) }),
    )
    for (const seed of seeds) seed.apply()
    const note = (name: string, text: string) =>
      record({ at: clock.now(), source: 'database', name, text })
    const reloader = new Reloader([
      ...dataParts(options, rawSettings, cloud),
      ...seeds.map((seed) => seedPart(options, rawSettings, seed, note)),
      ...functionParts(project, cloud),
    ])
    if (notifications === 'live') gateway.notifications.release()
    if (timers === 'live') cloud.timers.release()
    const { collection: orders = 'orders' } = settings.orders ?? {}
    return {
      clock,
      cloud,
      gateway,
      functions,
      reloader,
      settings,
      phone(shopper) {
        const openid = openidOf(shopper)
        return { openid, client: cloud.client(openid) }
      },
      order: (out_trade_no) => database.get(orders, out_trade_no),
      orders: () => database.find(orders, { query: {} }) as Doc[],
      log,
      close: () => cleanup.run(),
    }
  } catch (error) {
    await cleanup.run()
    throw error
  }
}

/** The files of permissions and indexes. */
function dataParts(
  { project }: BackendOptions,
  settings: Settings,
  cloud: CloudBase,
): ReloadedPart[] {
  const filesOf = (key: 'permissions' | 'indexes') =>
    Object.values(settings.collections).flatMap(({ [key]: file }) =>
      file === undefined ? [] : [path.join(project.root, file)],
    )
  return [
    {
      files: filesOf('permissions'),
      apply: () => cloud.setPermissions(readPermissions(project, settings)),
    },
    {
      files: filesOf('indexes'),
      apply: () => cloud.database.setIndexes(readIndexes(project, settings)),
    },
  ]
}

/** The file of a collection's documents, and the pictures that they name. */
function seedPart(
  { project, checkSeeds = async () => [] }: BackendOptions,
  settings: Settings,
  seed: Seed,
  note: (collection: string, text: string) => void,
): ReloadedPart {
  const pictures = Object.values(storageFolders(project, settings))
  return {
    files: seed.file === undefined ? [] : [seed.file, ...pictures],
    async apply() {
      const problems = await checkSeeds()
      if (problems.length > 0) throw new ProjectError(problems)
      const { changed, removed } = seed.apply()
      if (changed + removed > 0) note(seed.name, `reloaded: ${changed} changed, ${removed} removed`)
    },
  }
}

/** For each function, the files of its time limit, open APIs and triggers. */
function functionParts(project: Project, cloud: CloudBase): ReloadedPart[] {
  const { root, cloudfunctionRoot } = project
  return functionNames(cloudfunctionRoot).map((name) => ({
    files: [path.join(root, 'cloudbaserc.json'), path.join(cloudfunctionRoot, name, 'config.json')],
    apply: () => cloud.configureFunction(name, readFunctionSettings(project, name)),
  }))
}

/** Returns the environment variables of the settings; a value that is not a text becomes JSON. */
function environmentOf({ environment }: Settings): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => {
      return [name, typeof value === 'string' ? value : JSON.stringify(value)]
    }),
  )
}

function storageFolders({ root }: Project, { storage }: Settings): Record<string, string> {
  return Object.fromEntries(
    Object.entries(storage).map(([prefix, folder]) => [prefix, path.join(root, folder)]),
  )
}

/** Calls `open`. An error means damaged data, which can only be deleted: the message says how. */
async function explainDamage<T>(open: () => T | Promise<T>): Promise<T> {
  try {
    return await open()
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new DataFolderError(
      `${why}. npm start -- --fresh deletes all data and starts from scratch.`,
    )
  }
}
