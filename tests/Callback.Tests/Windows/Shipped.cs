using Callback.Windows;

namespace Callback.Tests.Windows;

/// <summary>The configuration that ships with the product, found from the test's own folder upwards.</summary>
internal static class Shipped
{
    public static readonly string ConfigFolder = Find();

    public static readonly PolicyBook Policies = PolicyBook.Load(ConfigFolder);

    public static readonly ZoneTable Zones = ZoneTable.Load(ConfigFolder);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Callback.sln")))
                return Path.Combine(folder.FullName, "config");
        throw new InvalidOperationException("Callback.sln is not above the tests.");
    }
}
