import type { PayErrorCode } from '../../../typings/contract'

/** A query that reached the fake database. */
export interface Query {
  collection: string
  where: Record<string, any>
  orderBy: [string, 'asc' | 'desc']
  limit: number
}

const succeed = (name: string) =>
  jest.fn<Promise<{ errMsg: string }>, [options?: any]>(async () => ({ errMsg: `${name}:ok` }))

/** Puts fakes in the place of everything the pages use of `wx`. */
export function fakeWx() {
  const storage = new Map<string, string>()
  let keys = 0
  const cloud = {
    /** the function `pay`: (type, data) → reply */
    pay: jest.fn<Promise<unknown>, [type: string, data: any]>(async () => undefined),
    /** the database: query → documents */
    find: jest.fn<Promise<unknown[]>, [query: Query]>(async () => []),
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
    // the n-th key is n in hex
    getRandomValues: jest.fn(async ({ length }: { length: number }) => ({
      randomValues: Uint8Array.from({ length }, (_, index) => (index === length - 1 ? ++keys : 0))
        .buffer,
    })),
    getStorageSync: (key: string) => storage.get(key) ?? '',
    setStorageSync: (key: string, value: string) => void storage.set(key, value),
    removeStorageSync: (key: string) => void storage.delete(key),
  }
  const callFunction = async ({ name, data }: { name: string; data: any }) => {
    if (name !== 'pay') throw new Error(`no function ${name}`)
    return { result: await cloud.pay(data.type, data.data) }
  }
  Object.assign((globalThis as any).wx, ui, device, {
    cloud: { callFunction, database: () => database(cloud.find) },
  })
  return { ...cloud, ...ui, ...device }
}

function database(find: (query: Query) => Promise<unknown[]>) {
  return {
    command: { gt: (gt: unknown) => ({ gt }), lt: (lt: unknown) => ({ lt }) },
    collection: (collection: string) => ({
      where: (where: Query['where']) => ({
        orderBy: (...orderBy: Query['orderBy']) => ({
          limit: (limit: number) => ({
            get: async () => ({ data: await find({ collection, where, orderBy, limit }) }),
          }),
        }),
      }),
    }),
  }
}

/** How wx.cloud rejects when the network fails. */
export const noNetwork = { errCode: -1, errMsg: 'request:fail' }

export const ok = (data: unknown) => ({ code: 0, data })

export const refusal = (error: PayErrorCode, message: string, err_code?: string) => ({
  code: 1,
  error,
  message,
  err_code,
})

/** A promise that the test keeps when it likes. */
export function later<T>() {
  let keep: (value: T) => void = () => {}
  let fail: (reason: unknown) => void = () => {}
  const promise = new Promise<T>((resolve, reject) => {
    keep = resolve
    fail = reject
  })
  return { promise, keep, fail }
}
