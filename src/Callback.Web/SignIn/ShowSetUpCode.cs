using Callback.Accounts;

namespace Callback.Web.SignIn;

/// <summary>At the start of an installation without an administrator: puts the one-time code of the set-up page on the console, and nowhere else.</summary>
internal sealed class ShowSetUpCode(SetUp setUp, Surroundings surroundings) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!surroundings.Demo && await setUp.NewCodeAsync(cancellationToken) is { } code)
            await Console.Out.WriteLineAsync($"No administrator yet. Open /set-up in the browser and enter this code: {code}");
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
