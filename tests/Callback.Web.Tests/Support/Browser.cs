using Microsoft.Playwright;

namespace Callback.Web.Tests.Support;

/// <summary>Chromium without a screen: CALLBACK_CHROMIUM, else /usr/bin/chromium. Traffic goes to the loopback address only.</summary>
public sealed class Browser : IAsyncDisposable
{
    private readonly IPlaywright playwright;
    private readonly IBrowser chromium;

    private Browser(IPlaywright playwright, IBrowser chromium)
    {
        this.playwright = playwright;
        this.chromium = chromium;
    }

    public static async Task<Browser> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        var chromium = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CALLBACK_CHROMIUM") ?? "/usr/bin/chromium",
            Args =
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
        return new Browser(playwright, chromium);
    }

    /// <summary>A page of its own session, at the smallest screen the product is made for.</summary>
    public async Task<IPage> PageAsync(Uri baseAddress, string language = "zh-CN", string theme = "light", string? session = null)
    {
        var context = await chromium.NewContextAsync(new() { BaseURL = baseAddress.ToString(), ViewportSize = new() { Width = 1280, Height = 720 }, TimezoneId = "Europe/Berlin" });
        await context.AddCookiesAsync([CookieOf("callback-language", language, baseAddress), CookieOf("callback-theme", theme, baseAddress)]);
        if (session is not null)
            await context.AddCookiesAsync([new() { Name = "__Host-callback", Value = session, Url = $"https://{baseAddress.Authority}/", Secure = true, HttpOnly = true }]);
        return await context.NewPageAsync();
    }

    /// <summary>Keeps a picture where CALLBACK_SCREENSHOTS names a folder; else does nothing.</summary>
    public static async Task KeepAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("CALLBACK_SCREENSHOTS") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), Caret = ScreenshotCaret.Initial });
    }

    public async ValueTask DisposeAsync()
    {
        await chromium.DisposeAsync();
        playwright.Dispose();
    }

    private static Cookie CookieOf(string name, string value, Uri address) => new() { Name = name, Value = value, Url = address.ToString() };
}
