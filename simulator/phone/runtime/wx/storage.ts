import { currentShopper } from '../../frame/shoppers'
import { ApiFailure, asyncApi, stringOption } from './async-api'

/** The prefix of this shopper's keys: every shopper's phone has its own storage. */
const PREFIX = `shopper-${currentShopper()}:`

function read(key: string): { data?: unknown } | undefined {
  const text = localStorage.getItem(PREFIX + key)
  return text === null ? undefined : (JSON.parse(text) as { data?: unknown })
}

function write(key: string, data: unknown): void {
  localStorage.setItem(PREFIX + key, JSON.stringify({ data }))
}

function remove(key: string): void {
  localStorage.removeItem(PREFIX + key)
}

function clear(): void {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(PREFIX)) localStorage.removeItem(key)
  }
}

export const storageApi = {
  /** Returns an empty string for a missing key. */
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
