// Served in the place of worker.js where working without a network is switched off: forgets what was kept, and goes.

self.addEventListener('install', () => self.skipWaiting())

self.addEventListener('activate', (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.startsWith('myfyrio')) await caches.delete(name)
  await self.registration.unregister()
})()))
