// Whether the service answers. A form that is sent while it does not leaves an error page of the browser in its place.

export async function isReachable () {
  try {
    return (await fetch(import.meta.url, { method: 'HEAD', cache: 'no-store' })).ok
  } catch {
    return false
  }
}
