type Listener = (status: { isConnected: boolean; networkType: string }) => void

/** The reason with which wx.cloud rejects a request without a reply. */
export const NO_NETWORK = { errCode: -1, errMsg: 'request:fail' }

/** Fakes the phone's network, which a test can disconnect and connect. */
export function fakeNetwork() {
  const listeners = new Set<Listener>()
  let networkType = 'wifi'
  const change = (type: string) => {
    networkType = type
    for (const listener of listeners) listener({ isConnected: type !== 'none', networkType })
  }
  return {
    /** the functions of `wx` that pages use */
    wx: {
      getNetworkType: async () => ({ networkType, errMsg: 'getNetworkType:ok' }),
      onNetworkStatusChange: (listener: Listener) => void listeners.add(listener),
      offNetworkStatusChange: (listener: Listener) => void listeners.delete(listener),
    },
    /** @throws NO_NETWORK while disconnected */
    use() {
      if (networkType === 'none') throw NO_NETWORK
    },
    listeners,
    disconnect: () => change('none'),
    connect: () => change('wifi'),
  }
}
