/**
 * Calls `onConnected` whenever the phone has a network again.
 * @returns a function that removes the listener
 */
export function onReconnect(onConnected: () => void): () => void {
  // The typings give the two functions listeners of different types.
  const listener = ({ isConnected }: { isConnected?: boolean; errMsg?: string }) => {
    if (isConnected) onConnected()
  }
  wx.onNetworkStatusChange(listener)
  return () => wx.offNetworkStatusChange(listener)
}
