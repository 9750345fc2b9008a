import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  startCloudBase,
  type CloudBase,
  type CloudBaseOptions,
  type FunctionConfig,
  type CloudLogEntry,
} from '../../../simulator/cloudbase'
import { SimulatedClock } from '../../../simulator/kit/clock'
import { Store } from '../../../simulator/kit/store'

export const ENV_ID = 'simulator-env'
export const APPID = 'wx5f0c0ffee0000001'
/** The openids of two shoppers. */
export const ANN = 'oSimulatorShopper_0000000001'
export const BOB = 'oSimulatorShopper_0000000002'

export const TEMPLATE = {
  id: 'template-of-the-paid-message',
  title: '订单支付成功通知',
  fields: {
    character_string1: '订单号',
    thing2: '商品名称',
    amount3: '支付金额',
    time4: '支付时间',
  },
}

/** Returns the configuration of functions/shop.cjs, which runs the action that its event names. */
export function functionConfig(config: Partial<FunctionConfig> = {}): FunctionConfig {
  return {
    file: path.join(__dirname, 'functions', 'shop.cjs'),
    timeoutMs: 5000,
    env: {},
    openapi: ['subscribeMessage.send'],
    ...config,
  }
}

/** Returns complete options of a CloudBase in memory. */
export function cloudBaseOptions(log: CloudLogEntry[] = []): CloudBaseOptions {
  return {
    store: Store.open(),
    clock: new SimulatedClock(),
    envId: ENV_ID,
    appid: APPID,
    bucket: 'bucket',
    functions: { shop: functionConfig() },
    gateway: { port: 1, ca: '' },
    permissions: {},
    templates: [TEMPLATE],
    storage: { goods: __dirname },
    publicUrl: (fileID) => `http://127.0.0.1/files/${encodeURIComponent(fileID)}`,
    log: (entry) => log.push(entry),
  }
}

/** Starts a CloudBase for the tests of one file, collects its log, and stops it after the tests. */
export function useCloudBase(options: Partial<CloudBaseOptions> = {}) {
  const log: CloudLogEntry[] = []
  const all = { ...cloudBaseOptions(log), ...options }
  const running = {} as { cloudbase: CloudBase }
  beforeAll(async () => {
    running.cloudbase = await startCloudBase(all)
  })
  afterAll(() => running.cloudbase.close())
  return { running, clock: all.clock, log }
}

/** Returns the real wx-server-sdk, with this process configured as the function `shop`. */
export async function sdkOf(cloudbase: CloudBase): Promise<any> {
  const env = await cloudbase.functions.invoke('shop', { do: 'environment' }, {})
  Object.assign(process.env, env)
  const cloud = require('wx-server-sdk')
  cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })
  return cloud
}

/** Creates a folder that is deleted after the tests of the file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'cloudbase-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
