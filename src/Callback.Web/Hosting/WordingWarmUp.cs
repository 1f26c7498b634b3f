using Callback.Wording;

namespace Callback.Web.Hosting;

/// <summary>Compiles the list of wordings beside the start, so that no agent's first note waits for it.</summary>
internal sealed class WordingWarmUp(WordingGuard guard) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(() => guard.Warm(stoppingToken), stoppingToken);
}
