// Unpacks the headless browser that the lock file brings and says where it lies.
import chromium from "@sparticuz/chromium";
console.log(await chromium.executablePath());
