import { currentShopper } from '../../frame/shoppers'
import { ApiFailure, asyncApi, stringOption } from './async-api'

/** Every shopper's phone has its own storage. */
const prefix = `shopper-${currentShopper()}:`

function read(key: string): { data?: unknown } | undefined {
  const text = localStorage.getItem(prefix + key)
  return text === null ? undefined : (JSON.parse(text) as { data?: unknown })
}

function write(key: string, data: unknown): void {
  localStorage.setItem(prefix + key, JSON.stringify({ data }))
}

function remove(key: string): void {
  localStorage.removeItem(prefix + key)
}

function clear(): void {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(prefix)) localStorage.removeItem(key)
  }
}

export const storageApi = {
  /** A key that is not there reads as an empty string. */
  getStorageSync: (key: string) => read(key)?.data ?? '',
  setStorageSync: write,
  removeStorageSync: remove,
  clearStorageSync: clear,
  getStorage: asyncApi('getStorage', (options) => {
    const found = read(stringOption(options, 'key'))
    if (!found) throw new ApiFailure('data not found')
    return { data: found.data }
  }),
  setStorage: asyncApi('setStorage', (options) =>
    write(stringOption(options, 'key'), options.data),
  ),
  removeStorage: asyncApi('removeStorage', (options) => remove(stringOption(options, 'key'))),
  clearStorage: asyncApi('clearStorage', clear),
}
