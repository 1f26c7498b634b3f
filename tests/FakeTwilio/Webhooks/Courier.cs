using TwilioFake.Faults;
using TwilioFake.Network;

namespace TwilioFake.Webhooks;

/// <summary>Takes events and delivers them in the background, in order within a call; faults change that.</summary>
internal sealed class Courier(World world, Postman postman, FaultBook faults) : IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly Lock gate = new();
    private readonly Dictionary<string, Task> lanes = [];
    private readonly Dictionary<string, Webhook> held = [];
    private int underWay;

    /// <summary>Nothing is being sent, and nothing waits to be.</summary>
    public bool Idle => Volatile.Read(ref underWay) == 0;

    public void Post(Webhook webhook)
    {
        var token = world.Options.AuthToken;
        var fault = faults.For(webhook);
        switch (fault?.Trouble)
        {
            case WebhookTrouble.Lose:
                postman.Lost(webhook);
                return;
            case WebhookTrouble.Reorder:
                lock (gate)
                    held[webhook.Lane] = webhook;
                return;
            case WebhookTrouble.Delay:
                Interlocked.Increment(ref underWay);
                _ = LaterAsync(webhook, fault.Delay, token);
                return;
            case WebhookTrouble.Forge:
                Queue(webhook, 1, "not-the-token-of-the-account-0000");
                break;
            case WebhookTrouble.Duplicate:
                for (var copy = 1; copy <= fault.Copies; copy++)
                    Queue(webhook, copy, token);
                break;
            default:
                Queue(webhook, 1, token);
                break;
        }
        ReleaseHeld(webhook.Lane, token);
    }

    /// <summary>Delivers what a reorder fault holds although nothing came after it.</summary>
    public void ReleaseAll()
    {
        string[] all;
        lock (gate)
            all = [.. held.Keys];
        foreach (var lane in all)
            ReleaseHeld(lane, world.Options.AuthToken);
    }

    public void Dispose()
    {
        stop.Cancel();
        stop.Dispose();
    }

    private void ReleaseHeld(string lane, string token)
    {
        Webhook? late;
        lock (gate)
            held.Remove(lane, out late);
        if (late is not null)
            Queue(late, 1, token);
    }

    private void Queue(Webhook webhook, int nth, string token)
    {
        Interlocked.Increment(ref underWay);
        lock (gate)
        {
            var before = lanes.GetValueOrDefault(webhook.Lane, Task.CompletedTask);
            lanes[webhook.Lane] = AfterAsync(before, webhook, nth, token);
        }
    }

    private async Task LaterAsync(Webhook webhook, TimeSpan delay, string token)
    {
        await Task.Delay(delay, world.Time, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await SendAsync(webhook, 1, token);
    }

    private async Task AfterAsync(Task before, Webhook webhook, int nth, string token)
    {
        await Task.Yield();
        await before;
        await SendAsync(webhook, nth, token);
    }

    private async Task SendAsync(Webhook webhook, int nth, string token)
    {
        try
        {
            await postman.DeliverAsync(webhook, nth, token, stop.Token);
        }
        catch (Exception end) when (end is OperationCanceledException or ObjectDisposedException)
        {
            // The fake is being stopped; what was not delivered is lost, as it would be with Twilio.
        }
        finally
        {
            Interlocked.Decrement(ref underWay);
            world.Pulse();
        }
    }
}
