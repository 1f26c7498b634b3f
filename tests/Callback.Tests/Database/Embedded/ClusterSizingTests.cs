using Callback.Database.Embedded;

namespace Callback.Tests.Database.Embedded;

public sealed class ClusterSizingTests
{
    [Theory]
    [InlineData(1, 1, "shared_buffers = 256MB", "max_connections = 100")]
    [InlineData(24, 2, "shared_buffers = 6144MB", "max_connections = 100")]
    [InlineData(256, 32, "shared_buffers = 8192MB", "max_connections = 400")]
    public void Memory_and_cores_set_the_size(int gibi, int cores, params string[] lines)
    {
        var settings = ClusterSizing.Settings(gibi * 1024L * 1024 * 1024, cores, "/run/x").Split('\n');
        Assert.All(lines, line => Assert.Contains(line, settings));
    }

    [Fact]
    public void A_quote_in_the_folder_s_name_stays_within_its_setting() =>
        Assert.Contains("unix_socket_directories = '/run/it''s'", ClusterSizing.Settings(1L << 30, 1, "/run/it's"), StringComparison.Ordinal);
}
