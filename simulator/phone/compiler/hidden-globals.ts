/**
 * The globals of browsers and of Node that WeChat's JavaScript engine for pages lacks (WeChat's
 * framework reference, "JavaScript 支持情况": no DOM, no BOM). Page code sees these names as undefined.
 */
export const HIDDEN_GLOBALS = `
  window self globalThis top parent frames opener document frameElement location history navigator
  screen visualViewport name status origin fetch XMLHttpRequest WebSocket EventSource Request
  Response Headers FormData URL URLSearchParams Blob File FileReader AbortController crypto Crypto
  SubtleCrypto performance structuredClone atob btoa TextEncoder TextDecoder localStorage
  sessionStorage indexedDB caches cookieStore alert confirm prompt print open close postMessage
  requestAnimationFrame cancelAnimationFrame requestIdleCallback queueMicrotask addEventListener
  removeEventListener dispatchEvent getComputedStyle matchMedia scrollTo scrollBy Image Audio Option
  Node Element HTMLElement Event EventTarget CustomEvent MutationObserver IntersectionObserver
  ResizeObserver customElements DOMParser CSS Notification Worker SharedWorker SharedArrayBuffer
  BroadcastChannel MessageChannel WebAssembly trustedTypes scheduler process global Buffer
  setImmediate __dirname __filename
`
  .trim()
  .split(/\s+/)
