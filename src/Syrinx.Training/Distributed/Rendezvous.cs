using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Syrinx.Training.Distributed;

/// <summary>TCP connections between rank 0 and each of the others. Where to connect to, and a secret to be recognised by, go around over MPI.</summary>
internal static class Rendezvous
{
    private const int SecretLength = 32;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Connects; the sockets by the rank at the other end. On rank 0 those that came in time, on the others rank 0 or none.</summary>
    public static Dictionary<int, Socket> Meet(World world)
    {
        Socket? listener = null;
        var door = world.FromFirst(() => Open(world, listener = Listen(world)), "rank 0's address");
        var sockets = new Dictionary<int, Socket>();
        using (listener)
        {
            var clock = Stopwatch.StartNew();
            while (listener is not null && sockets.Count < world.Size - 1 && clock.Elapsed < Patience)
            {
                if (listener.Poll(TimeSpan.FromSeconds(0.1), SelectMode.SelectRead) && Greet(listener.Accept(), door.Secret) is var (socket, rank))
                    sockets[rank] = socket;
            }
        }
        if (!world.IsFirst && Dial(world, door) is { } first)
            sockets[0] = first;
        return sockets;
    }

    private static bool OneMachine(World world) => world.Machines.All(m => m == world.Machines[0]);

    private static Socket Listen(World world)
    {
        // one machine needs no door to the network
        bool four = OneMachine(world) || !Socket.OSSupportsIPv6;
        var socket = new Socket(four ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
        if (!four)
            socket.DualMode = true;
        socket.Bind(new IPEndPoint(OneMachine(world) ? IPAddress.Loopback : four ? IPAddress.Any : IPAddress.IPv6Any, 0));
        socket.Listen(world.Size);
        return socket;
    }

    private static Door Open(World world, Socket listener)
    {
        string[] addresses = OneMachine(world) ? [] : [.. NetworkInterface.GetAllNetworkInterfaces()
            .Where(i => i.OperationalStatus == OperationalStatus.Up && i.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .SelectMany(i => i.GetIPProperties().UnicastAddresses).Select(a => a.Address.ToString())];
        return new Door(addresses, ((IPEndPoint)listener.LocalEndPoint!).Port, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));
    }

    private sealed record Door(string[] Addresses, int Port, string Secret);

    /// <summary>Whoever connects must know the secret that went around over MPI.</summary>
    private static (Socket Socket, int Rank)? Greet(Socket socket, string secret)
    {
        byte[] greeting = new byte[SecretLength + sizeof(int)];
        try
        {
            socket.ReceiveTimeout = 2000;
            for (int read = 0, more; read < greeting.Length; read += more)
            {
                if ((more = socket.Receive(greeting, read, greeting.Length - read, SocketFlags.None)) == 0)
                    break;
            }
            if (CryptographicOperations.FixedTimeEquals(greeting.AsSpan(0, SecretLength), System.Text.Encoding.ASCII.GetBytes(secret)))
                return (socket, BinaryPrimitives.ReadInt32LittleEndian(greeting.AsSpan(SecretLength)));
        }
        catch (SocketException)
        {
            // not one of ours
        }
        socket.Dispose();
        return null;
    }

    private static Socket? Dial(World world, Door door)
    {
        string[] addresses = world.Machines[world.Rank] == world.Machines[0] ? ["127.0.0.1", .. door.Addresses] : door.Addresses;
        foreach (string address in addresses)
        {
            var ip = IPAddress.Parse(address);
            var socket = new Socket(ip.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
                socket.ConnectAsync(new IPEndPoint(ip, door.Port), limit.Token).AsTask().GetAwaiter().GetResult();
                byte[] greeting = new byte[SecretLength + sizeof(int)];
                System.Text.Encoding.ASCII.GetBytes(door.Secret, greeting);
                BinaryPrimitives.WriteInt32LittleEndian(greeting.AsSpan(SecretLength), world.Rank);
                socket.Send(greeting);
                return socket;
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                socket.Dispose();
            }
        }
        return null;
    }
}
