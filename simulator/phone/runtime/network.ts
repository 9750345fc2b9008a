import { onSettingChange, setting } from '../frame/settings'

/** ms that every request takes longer on a slow network */
const SLOW_NETWORK_DELAY = 4000

/** The browser's error for a missing network. */
const NO_NETWORK = 'net::ERR_INTERNET_DISCONNECTED'

/** The phone is set to offline. */
export class OfflineError extends Error {
  constructor() {
    super(NO_NETWORK)
  }
}

/**
 * Applies the phone's network setting to a request: waits on a slow network.
 * @throws OfflineError when the phone is offline, at once or after the wait
 */
export async function simulateNetwork(): Promise<void> {
  if (setting('network') === 'slow') {
    await new Promise((resolve) => setTimeout(resolve, SLOW_NETWORK_DELAY))
  }
  if (setting('network') === 'offline') throw new OfflineError()
}

/** Returns the network status in the terms of wx.getNetworkType and wx.onNetworkStatusChange. */
export function networkStatus() {
  const isConnected = setting('network') !== 'offline'
  return { isConnected, networkType: isConnected ? 'wifi' : 'none' }
}

/** Calls `listener` when the phone goes offline or online. */
export function onNetworkStatus(
  listener: (status: ReturnType<typeof networkStatus>) => void,
): void {
  let connected = networkStatus().isConnected
  onSettingChange('network', () => {
    const status = networkStatus()
    if (status.isConnected !== connected) listener(status)
    connected = status.isConnected
  })
}
