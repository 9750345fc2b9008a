import type { Goods, Order, PayErrorCode } from '../../../typings/contract'
import { fakeDatabase, found, type Query } from './database'
import { fakeNetwork } from './network'

const succeed = (name: string) =>
  jest.fn<Promise<{ errMsg: string }>, [options?: any]>(async () => ({ errMsg: `${name}:ok` }))

/** Replaces every function of `wx` that the pages use by a fake. */
export function fakeWx() {
  const storage = new Map<string, string>()
  let keys = 0
  const network = fakeNetwork()
  /** the documents of the database, by collection */
  const stored: { goods: Goods[]; orders: Order[] } = { goods: [], orders: [] }
  /** the times at which the function `pay` was called (ms) */
  const calledAt: number[] = []
  const cloud = {
    /** the function `pay`: (type, data) → reply */
    pay: jest.fn<Promise<unknown>, [type: string, data: any]>(async () => undefined),
    /** the database: query → documents */
    find: jest.fn<Promise<unknown[]>, [query: Query]>(async (query) =>
      found(query, query.collection === 'goods' ? stored.goods : stored.orders),
    ),
  }
  const ui = {
    requestPayment: succeed('requestPayment'),
    requestSubscribeMessage: succeed('requestSubscribeMessage'),
    navigateTo: succeed('navigateTo'),
    navigateBack: succeed('navigateBack'),
    redirectTo: succeed('redirectTo'),
    stopPullDownRefresh: succeed('stopPullDownRefresh'),
    showToast: succeed('showToast'),
    showModal: jest.fn<Promise<{ confirm: boolean; cancel: boolean }>, [question: any]>(
      async () => ({ confirm: true, cancel: false }),
    ),
  }
  const device = {
    // The n-th key is n in hex.
    getRandomValues: jest.fn(async ({ length }: { length: number }) => ({
      randomValues: Uint8Array.from({ length }, (_, index) => (index === length - 1 ? ++keys : 0))
        .buffer,
    })),
    getStorageSync: (key: string) => storage.get(key) ?? '',
    setStorageSync: (key: string, value: string) => void storage.set(key, value),
    removeStorageSync: (key: string) => void storage.delete(key),
  }
  const callFunction = async ({ name, data }: { name: string; data: any }) => {
    network.use()
    if (name !== 'pay') throw new Error(`no function ${name}`)
    calledAt.push(Date.now())
    return { result: await cloud.pay(data.type, data.data) }
  }
  const find = async (query: Query) => {
    network.use()
    return cloud.find(query)
  }
  Object.assign((globalThis as any).wx, ui, device, network.wx, {
    cloud: { callFunction, database: () => fakeDatabase(find) },
  })
  return { ...cloud, ...ui, ...device, network, stored, calledAt }
}

/** Returns a reply of `pay`: the order, and the server's time (ms), by default the phone's. */
export const ok = (data: unknown, now = Date.now()) => ({ code: 0, data, now })

export const refusal = (error: PayErrorCode, message: string, err_code?: string) => ({
  code: 1,
  error,
  message,
  err_code,
})

/** Returns a promise with the functions that resolve and reject it. */
export function deferred<T>() {
  let resolve: (value: T) => void = () => {}
  let reject: (reason: unknown) => void = () => {}
  const promise = new Promise<T>((fulfill, fail) => {
    resolve = fulfill
    reject = fail
  })
  return { promise, resolve, reject }
}

/** Returns a promise that never settles. */
export const never = () => deferred<never>().promise
