using TwilioFake.Network;

namespace TwilioFake.Twiml;

/// <summary>Waits for keys that the called side presses.</summary>
internal sealed class KeyReader(World world)
{
    /// <summary>Keys until there are enough, the last one is pressed, or nothing comes for the time-out.</summary>
    /// <param name="enough">0 is no limit.</param>
    /// <param name="last">Ends the keys and is not one of them; empty is none.</param>
    public async Task<string> TakeAsync(FakeCall call, int enough, string last, TimeSpan timeout, CancellationToken ct)
    {
        while (true)
        {
            Task pressed;
            lock (world.Gate)
            {
                var end = last.Length > 0 ? call.Keys.IndexOf(last, StringComparison.Ordinal) : -1;
                var taken = end >= 0 ? end : enough > 0 && call.Keys.Length >= enough ? enough : -1;
                if (taken >= 0)
                    return Take(call, taken, end >= 0 ? last.Length : 0);
                call.KeyPressed = new(TaskCreationOptions.RunContinuationsAsynchronously);
                pressed = call.KeyPressed.Task;
            }
            try
            {
                await pressed.WaitAsync(timeout, world.Time, ct);
            }
            catch (TimeoutException)
            {
                lock (world.Gate)
                    return Take(call, call.Keys.Length, 0);
            }
        }
    }

    private static string Take(FakeCall call, int count, int more)
    {
        var taken = call.Keys[..count];
        call.Keys = call.Keys[(count + more)..];
        return taken;
    }
}
