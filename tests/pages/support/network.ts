type Listener = (status: { isConnected: boolean; networkType: string }) => void

/** How wx.cloud rejects when a request gets no answer. */
export const noNetwork = { errCode: -1, errMsg: 'request:fail' }

/** The phone's network, which a test takes away and gives back. */
export function fakeNetwork() {
  const listeners = new Set<Listener>()
  let networkType = 'wifi'
  const become = (type: string) => {
    networkType = type
    for (const listener of listeners) listener({ isConnected: type !== 'none', networkType })
  }
  return {
    /** what pages use of `wx` */
    wx: {
      getNetworkType: async () => ({ networkType, errMsg: 'getNetworkType:ok' }),
      onNetworkStatusChange: (listener: Listener) => void listeners.add(listener),
      offNetworkStatusChange: (listener: Listener) => void listeners.delete(listener),
    },
    /** @throws noNetwork while there is none */
    use() {
      if (networkType === 'none') throw noNetwork
    },
    listeners,
    disconnect: () => become('none'),
    connect: () => become('wifi'),
  }
}
