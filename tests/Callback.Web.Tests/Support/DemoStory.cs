using Callback.Database;
using Callback.Tests.Support;
using Callback.Web.Demo;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using TwilioFake;

namespace Callback.Web.Tests.Support;

/// <summary>
/// The demo's shop at work in a real browser: a Monday, 11:05 in Shanghai, its orders in, its campaigns on the manual line, so that nobody answers by itself. Each
/// test of a class begins ten minutes after the one before, since they share a database.
/// </summary>
public abstract class DemoStory(TestDatabase database) : IAsyncLifetime
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 23, 3, 5, 0, TimeSpan.Zero);
    private static readonly Dictionary<Type, int> Runs = [];

    internal MovedTime Time { get; private set; } = null!;

    private protected SentPages Sent { get; } = new();

    protected TestApp App { get; private set; } = null!;

    protected Browser Browser { get; private set; } = null!;

    /// <summary>The network that the line twilio leads to; null: there is no such line.</summary>
    private protected virtual FakeTwilio? Line => null;

    /// <summary>What has to stand before the program does; the clock is set already.</summary>
    private protected virtual Task PrepareAsync() => Task.CompletedTask;

    public virtual async Task InitializeAsync()
    {
        Time = await MovedTime.StartAsync(database, Monday.AddMinutes(10 * Run()));
        await PrepareAsync();
        App = await TestApp.StartAsync(database, Time, services => services.AddSingleton<IStartupFilter>(Sent), line: Line);
        // The story before left the shop as one that calls; the demo is furnished for one that practises.
        await ExecuteAsync("update shops set practice = true");
        await App.Services.GetRequiredService<DemoShop>().FurnishAsync(default);
        await ExecuteAsync("update shops set practice = false; update campaigns set line = 'manual'");
        Browser = await Browser.StartAsync();
    }

    public virtual async Task DisposeAsync()
    {
        if (Browser is not null)
            await Browser.DisposeAsync();
        if (App is not null)
            await App.DisposeAsync();
    }

    /// <summary>A page of somebody who is new to the shop and signed in.</summary>
    protected async Task<IPage> PageAsync(Role role, string language = "zh-CN") =>
        await Browser.PageAsync(App.BaseAddress, language, session: await App.SessionAsync(await App.UserAsync(role, DemoShop.Shop)));

    protected async Task ExecuteAsync(string sql, object? args = null)
    {
        await using var session = await database.Db.BeginAsync(ShopScope.All, default);
        await session.ExecuteAsync(sql, args, default);
        await session.CommitAsync();
    }

    protected async Task<T> OneAsync<T>(string sql)
    {
        await using var session = await database.Db.BeginAsync(ShopScope.All, default);
        return await session.QuerySingleAsync<T>(sql, null, default);
    }

    protected async Task<IReadOnlyList<T>> ManyAsync<T>(string sql)
    {
        await using var session = await database.Db.BeginAsync(ShopScope.All, default);
        return await session.QueryAsync<T>(sql, null, default);
    }

    private int Run()
    {
        lock (Runs)
            return (Runs[GetType()] = Runs.GetValueOrDefault(GetType()) + 1) - 1;
    }
}
