using Callback.Tests.Support;
using Callback.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Callback.Web.Tests.Hosting;

public sealed class JobsTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task A_registered_pass_comes_round_with_the_installation_s_clock()
    {
        var pass = new CountingPass();
        var time = new ManualTime(new DateTimeOffset(2031, 5, 6, 7, 8, 9, TimeSpan.Zero));
        await using var app = await TestApp.StartAsync(database, time, services => services.AddSingleton<IPass>(pass), jobs: true);
        await pass.Twice.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(time.GetUtcNow(), pass.LastNow);
    }

    private sealed class CountingPass : IPass
    {
        private readonly TaskCompletionSource twice = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int runs;

        public string Name => "counting";

        public TimeSpan Every => TimeSpan.FromMilliseconds(200);

        public Task Twice => twice.Task;

        public DateTimeOffset LastNow { get; private set; }

        public Task<object> RunOnceAsync(DateTimeOffset now, CancellationToken ct)
        {
            LastNow = now;
            if (++runs == 2)
                twice.SetResult();
            return Task.FromResult<object>(runs);
        }
    }
}
