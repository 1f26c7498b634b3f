using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Callback.Chaos.Points;

/// <summary>A program of the shop that is told what happens, and keeps the ids of what it was told.</summary>
internal sealed class Taker : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, int> told = [];

    private Taker(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.Single());

    public ICollection<string> Told => told.Keys;

    public static async Task<Taker> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        var taker = new Taker(builder.Build());
        taker.app.Urls.Add("http://127.0.0.1:0");
        taker.app.MapPost("/", (HttpRequest request) =>
        {
            taker.told.AddOrUpdate(request.Headers["webhook-id"].ToString(), 1, (_, before) => before + 1);
            return Results.NoContent();
        });
        await taker.app.StartAsync();
        return taker;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    /// <summary>Signals that end the harness are the harness's own.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
